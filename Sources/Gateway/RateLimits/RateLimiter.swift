import Bytes
import Features
import GraphQLExecution
import GraphQLHTTP
import GraphQLTypes
import GraphQLValidation
import HTTP
import RateLimiting
import Reactor
import Redis
import Telemetry

/// Counts how often everybody asks.
///
/// Each request and operation is first counted for its address, in memory that the workers share,
/// before anything of it is looked at. Once it is known what it asks for and who asks, all other
/// limits are counted: there too, or with a Redis there, in one call for all of them.
@EventLoop final class RateLimiter: RateGate {
    private let limits: RateLimits
    private let local: LocalRates
    private let redis: RedisRates?
    private let failure: Configuration.Rates.Failure
    private let recorder: RateRecorder
    private var trusted = TrustedKeys()

    init(
        _ limits: RateLimits, table: RateTable, redis: RedisRates?,
        failure: Configuration.Rates.Failure, recorder: RateRecorder
    ) {
        (self.limits, local) = (limits, LocalRates(table))
        (self.redis, self.failure, self.recorder) = (redis, failure, recorder)
    }

    // MARK: Arriving

    func arrive(_ request: Request) throws(RateRefusal) {
        guard var charge = addressCharge(of: request) else { return }
        if !local.take(&charge, at: now, onForgotten: recorder.forgot) {
            throw refusal([charge])
        }
    }

    private var now: UInt64 { UInt64(MonotonicClock.nowMicroseconds()) }

    private func addressCharge(of request: Request) -> RateCharge? {
        guard let limit = limits.address, let subject = address(of: request) else { return nil }
        return RateCharge(limit, subject)
    }

    /// Nothing for those that come over a unix socket and of whom no proxy says who they are.
    private func address(of request: Request) -> RateSubject? {
        request.peer.isUnix && request.client == request.peer.ip ? nil : .client(request.client)
    }

    // MARK: Entering

    /// Counts an operation for all limits that hold for it, and returns what it uses of them.
    func enter(
        _ request: Request, by credential: Credential, for prepared: PreparedRequest,
        of engine: Engine
    ) async -> Result<[RateCharge], RateRefusal> {
        let charges = charges(
            of: request, by: credential, for: prepared,
            demanding: engine.rateDemands(of: prepared))
        do throws(RateRefusal) {
            return .success(try await enter(charges))
        } catch {
            return .failure(error)
        }
    }

    /// Whoever asks by it is let in.
    func trust(_ credential: Credential) {
        guard case .key = credential, let subject = credential.rateSubject else { return }
        trusted.insert(subject, at: now)
    }

    /// What an operation uses. That of its address comes first, and was used when it arrived. An
    /// address pays for keys of which nobody knows yet whether they are any.
    private func charges(
        of request: Request, by credential: Credential, for prepared: PreparedRequest,
        demanding demands: [RateDemand]
    ) -> [RateCharge] {
        var charges: [RateCharge] = []
        charges.reserveCapacity(3 + demands.count)
        let address = address(of: request)
        let person = credential.rateSubject
        if let charge = addressCharge(of: request) { charges.append(charge) }
        let isKey = if case .key = credential { true } else { false }
        if let person, let limit = isKey ? limits.key : limits.account {
            charges.append(RateCharge(limit, person))
        }
        let isStranger = person.map { isKey && !trusted.contains($0, at: now) } ?? true
        let payer = isStranger ? address ?? person : person
        if let limit = limits.cost, let subject = payer, let cost = prepared.cost {
            let points = Int(min(max(cost, 1), Double(Int32.max)).rounded(.up))
            charges.append(RateCharge(limit, subject, count: points))
        }
        for demand in demands {
            guard let limit = limits.fields[demand.limit],
                let subject = demand.limit.scope == .address ? address : payer
            else { continue }
            charges.append(RateCharge(limit, subject, count: demand.count))
        }
        return charges
    }

    /// Uses what the charges say, all of it or nothing, and returns them with what is owed then.
    private func enter(_ charges: [RateCharge]) async throws(RateRefusal) -> [RateCharge] {
        guard !charges.isEmpty else { return charges }
        guard let redis else { return try enterHere(charges) }
        let answer: (charges: [RateCharge], refused: Int?)
        do throws(RedisError) {
            answer = try await redis.take(charges)
        } catch {
            guard failure == .closed else { return try enterHere(charges) }
            recorder.decided(.unknown)
            throw .unknown
        }
        guard let refused = answer.refused else {
            recorder.decided(.allowed)
            return answer.charges
        }
        var first = charges[0]
        // Others were refused for what the address did; it did come, though.
        if refused == 0, first.limit === limits.address { local.giveBack(&first) }
        throw refusal(Array(answer.charges[...refused]))
    }

    private func enterHere(_ charges: [RateCharge]) throws(RateRefusal) -> [RateCharge] {
        var charges = charges
        let now = now
        let hasArrived = charges[0].limit === limits.address
        if hasArrived { local.read(&charges[0], at: now) }
        let refused = local.take(
            &charges, from: hasArrived ? 1 : 0, at: now, onForgotten: recorder.forgot)
        if let refused { throw refusal(Array(charges[...refused])) }
        recorder.decided(.allowed)
        return charges
    }

    /// The last of the charges does not fit.
    private func refusal(_ charges: [RateCharge]) -> RateRefusal {
        guard let charge = charges.last else { return .unknown }
        recorder.decided(limits.kind(of: charge.limit))
        return RateRefusal(
            charge.error, limit: charge.limit.name, headers: HeaderBlock(charges))
    }
}

extension Result<[RateCharge], RateRefusal> {
    var refusal: RateRefusal? { if case .failure(let refusal) = self { refusal } else { nil } }
}

extension RateRefusal {
    /// Nobody can tell whether it is too often.
    fileprivate static var unknown: RateRefusal {
        var error = GraphQLError(
            "It cannot be told how often you have asked; try again in a moment.",
            code: .serviceUnavailable)
        error.retryAfterSeconds = 1
        return RateRefusal(error, limit: "unknown")
    }
}

extension RateCharge {
    fileprivate var error: GraphQLError {
        let quota = "\(limit.quota) \(limit.unit.rawValue) in \(limit.windowSeconds) s"
        let what =
            switch limit.unit {
            case .requests: "There may be \(quota) for one \(limit.name)"
            case .points: "Operations may cost \(quota), and this one costs \(count)"
            case .fields:
                "\(limit.name.prefix { $0 != "/" }) may be asked for \(quota)"
                    + (count > 1 ? ", and is \(count) times here" : "")
            }
        let advice =
            count > limit.quota ? "ask for less at once" : "try again in \(retryAfterSeconds) s"
        var error = GraphQLError("\(what); \(advice).", code: .rateLimited)
        error.retryAfterSeconds = retryAfterSeconds
        return error
    }
}

extension HeaderBlock {
    /// What clients are told of limits.
    init(_ charges: [RateCharge]) {
        self.init()
        guard !charges.isEmpty else { return }
        var text = ByteBuffer(capacity: 256)
        RateFields.policies(of: charges, to: &text)
        add("RateLimit-Policy", text.array())
        text.removeAll()
        RateFields.remainders(of: charges, to: &text)
        add("RateLimit", text.array())
    }
}
