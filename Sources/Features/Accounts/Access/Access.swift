package import GraphQLTypes
import Postgres
package import Reactor
package import Secrets

/// Who asks, and from where.
package struct Caller: Sendable {
    package var credential = Credential.nothing
    /// What the cookie of refresh tokens holds.
    package var cookie: OpaqueToken?
    package var userAgent = ""
    /// An IP address.
    package var address: String?

    package init(_ credential: Credential = .nothing) { self.credential = credential }
}

/// What one request may do, as far as it is known by now.
@EventLoop package final class Access {
    let caller: Caller
    private var verdict: Verdict?
    private var isBegun = false
    private var waiter: UnsafeContinuation<Void, any Error>?
    /// What becomes of the cookie of refresh tokens.
    package internal(set) var cookie: CookieChange?

    private typealias Verdict = Result<Void, any Error>

    package enum CookieChange: Sendable, Equatable {
        case set(OpaqueToken)
        case clear
    }

    init(_ caller: Caller) { self.caller = caller }

    /// Why the request may not be answered, if that is known.
    package var refusal: GraphQLError? {
        guard case .failure(let error)? = verdict else { return nil }
        return error as? GraphQLError ?? .staleCredential
    }

    /// Returns once what was begun is decided, and throws why the request may not be answered.
    package func decide() async throws {
        if let verdict { return try verdict.get() }
        if isBegun { try await withUnsafeThrowingContinuation { waiter = $0 } }
    }

    fileprivate func begin(_ ask: @escaping @Sendable @EventLoop () async throws -> Void) {
        isBegun = true
        EventLoop.start { [self] in
            do {
                verdict = .success(try await ask())
            } catch {
                verdict = .failure(error)
            }
            if let verdict { waiter?.resume(with: verdict) }
        }
    }

    /// A change has found out.
    func refuse(_ error: GraphQLError) { verdict = .failure(error) }
}

extension RequestContext {
    /// Asks the database whether the credential is good, beside all else that it is asked first.
    package func beginAdmission() {
        let demands = access.caller.credential.demands(.read)
        guard !demands.isEmpty else { return }
        access.begin { [self, database = database.ofNow] in
            let row = try await database.run(asking(demands))[0]
            for (index, demand) in demands.enumerated()
            where try !row.value(index, as: Bool.self) {
                throw demand.refusal.error
            }
            if case .key(let key) = access.caller.credential,
                try row.value(demands.count, as: Bool.self)
            {
                EventLoop.start { _ = try? await database.transaction(of: [key.use]) }
            }
        }
    }

    /// A column for each demand, and behind them for a key whether its use is to be put down.
    private func asking(_ demands: [Demand]) -> Statement {
        if case .key(let key) = access.caller.credential {
            "SELECT \(demands[0].condition), \(demands[1].condition), \(key.isUseDue)"
        } else {
            "SELECT \(demands[0].condition)"
        }
    }
}
