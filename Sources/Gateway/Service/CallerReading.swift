import Bytes
import Features
import GraphQLTypes
import HTTP
import JSON
import Reactor

/// How it is read from a request who asks.
struct CallerReading: Sendable {
    let accounts: AccountService
    let cookie: RefreshCookie
    /// Whether `Marquee-Viewer` is believed, which names the number of an account: in development.
    let believesClaims: Bool

    /// Longer ones are cut: they are there for people to know their devices by.
    private static let mostUserAgentBytes = 400

    @EventLoop func caller(
        of request: Request, atMilliseconds now: Int64
    ) throws(GraphQLError) -> Caller {
        let fields = Array(request.head.values(of: "authorization"))
        var caller = Caller(try accounts.credential(authorization: fields, atMilliseconds: now))
        if fields.isEmpty, believesClaims, let account = claimedAccount(request) {
            caller.credential = .claim(account: account)
        }
        caller.cookie = cookie.token(of: request)
        if let agent = request.head.value(of: "user-agent") {
            caller.userAgent = String(
                decoding: agent.prefix(Self.mostUserAgentBytes), as: UTF8.self)
        }
        caller.address =
            request.peer.isUnix && request.client == request.peer.ip
            ? nil : request.client.description
        return caller
    }

    /// Over a WebSocket, where browsers can send no fields of their own: a member of the same name
    /// in the payload of `connection_init`, or else the handshake's field. Tokens are not taken
    /// there.
    @EventLoop func caller(of request: Request, _ payload: JSONValue?) -> Caller {
        guard believesClaims else { return Caller() }
        var account = claimedAccount(request)
        if let claim = payload?["Marquee-Viewer"] {
            let text: String? = claim.stringValue
            account = claim.number?.int64.map { Int($0) } ?? text.flatMap { Int($0) }
        }
        return Caller(account.map { .claim(account: $0) } ?? .nothing)
    }

    @EventLoop private func claimedAccount(_ request: Request) -> Int? {
        request.head.fields.string(of: "marquee-viewer").flatMap { Int($0) }
    }
}
