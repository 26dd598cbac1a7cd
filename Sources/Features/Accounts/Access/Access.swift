package import GraphQLExecution
package import GraphQLTypes
import Postgres
package import Reactor
package import Secrets

/// Who asks, and from where.
package struct Caller: Sendable {
    package var credential = Credential.nothing
    /// When the token runs out, if there is one.
    package var expiresAtMilliseconds: Int64?
    /// What the cookie of refresh tokens holds.
    package var cookie: OpaqueToken?
    /// Whether a cookie could be given: not over a connection whose heads have been sent.
    package var takesCookies = true
    package var userAgent = ""
    /// An IP address.
    package var address: String?

    package init(_ credential: Credential = .nothing) { self.credential = credential }
}

/// What one request may do, as far as it is known by now.
@EventLoop package final class Access: FieldGuard {
    package let caller: Caller
    /// What the fields that are asked for demand.
    let rules: [AccessRule]
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

    init(_ caller: Caller, demanding rules: [AccessRule]) {
        (self.caller, self.rules) = (caller, rules)
    }

    /// What can be told without the database; the rest is asked there in the first level, for all
    /// rules of the operation, and refuses the request as a whole.
    package func refusal(of rule: AccessRule) -> GraphQLError? {
        switch caller.credential {
        case .nothing: .unauthenticated
        case .token(let claims): claims.isAdmin || !rule.isForAdmins ? nil : .forbidden
        case .key:
            rule.scope == nil ? .forPeople : rules.contains(rule) ? nil : .forbidden
        case .claim: rules.contains(rule) || !rule.isForAdmins ? nil : .forbidden
        }
    }

    /// Why the request may not be answered, if that is known.
    package var refusal: GraphQLError? {
        guard case .failure(let error)? = verdict else { return nil }
        return error as? GraphQLError ?? .staleCredential
    }

    /// Returns once what was begun is decided, and throws why the request may not be answered.
    fileprivate func decide() async throws {
        if let verdict { return try verdict.get() }
        if isBegun { try await withUnsafeThrowingContinuation { waiter = $0 } }
    }

    /// Whether it is known, or will be, if the credential is good.
    fileprivate var isAsked: Bool { isBegun || verdict != nil }

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

    /// The request is not answered.
    func refuse(_ error: GraphQLError) { verdict = .failure(error) }

    /// The credential was good when it was asked about first. What the request itself has made of
    /// it since then concerns those of its fields alone that come to know.
    func admit() { if verdict == nil { verdict = .success(()) } }

    /// A change was told that the credential is no good.
    func refuseUnlessAdmitted(_ error: GraphQLError) { if verdict == nil { refuse(error) } }
}

extension RequestContext {
    /// Asks the database whether the credential is good, beside all else that it is asked first.
    package func beginAdmission() {
        begin(asking: access.caller.credential.demands(.read, access.rules))
    }

    /// Returns once it is decided that the request may be answered, and throws why it may not. A
    /// change that has come to its end without asking about its credential asks now.
    package func endAdmission() async throws {
        if !access.isAsked {
            let demands = access.caller.credential.demands(.write, access.rules)
            begin(asking: demands.filter(\.refusal.isOfCredential))
        }
        try await access.decide()
    }

    private func begin(asking demands: [Demand]) {
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
        var asked = demands.dropFirst().reduce("SELECT \(demands[0].condition)") {
            asked, demand -> Statement in "\(asked), \(demand.condition)"
        }
        if case .key(let key) = access.caller.credential {
            asked = "\(asked), \(key.isUseDue)"
        }
        return asked
    }
}
