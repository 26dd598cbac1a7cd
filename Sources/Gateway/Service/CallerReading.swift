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
    /// Whether `Marquee-Viewer` may be believed, which names the number of an account: in
    /// development.
    let believesClaims: Bool

    /// Longer ones are cut: they are there for people to know their devices by.
    private static let mostUserAgentBytes = 400

    @EventLoop func caller(
        of request: Request, atMilliseconds now: Int64
    ) throws(GraphQLError) -> Caller {
        let fields = Array(request.head.values(of: "authorization"))
        var caller = try accounts.caller(authorization: fields, atMilliseconds: now)
        if fields.isEmpty, believesClaims(of: request), let account = claimedAccount(request) {
            caller.credential = .claim(account: account)
        }
        caller.cookie = cookie.token(of: request)
        addOrigin(of: request, to: &caller)
        return caller
    }

    @EventLoop private func addOrigin(of request: Request, to caller: inout Caller) {
        if let agent = request.head.value(of: "user-agent") {
            caller.userAgent = String(
                decoding: agent.prefix(Self.mostUserAgentBytes), as: UTF8.self)
        }
        caller.address =
            request.peer.isUnix && request.client == request.peer.ip
            ? nil : request.client.description
    }

    /// Over a WebSocket, where browsers can send no fields of their own: a member of the same name
    /// in the payload of `connection_init`, or else the handshake's field. Cookies are not looked
    /// at: none can be given there in place of the one that is used up.
    @EventLoop func caller(
        of request: Request, _ payload: JSONValue?, atMilliseconds now: Int64
    ) throws(GraphQLError) -> Caller {
        let authorization = try payload?.authorization
        let fields =
            authorization.map { [$0[...]] }
            ?? Array(request.head.values(of: "authorization"))
        var caller = try accounts.caller(authorization: fields, atMilliseconds: now)
        if fields.isEmpty, believesClaims(of: request) {
            let account = payload?.claimedAccount ?? claimedAccount(request)
            if let account { caller.credential = .claim(account: account) }
        }
        caller.takesCookies = false
        addOrigin(of: request, to: &caller)
        return caller
    }

    /// Every page that a browser shows reaches a server on the same machine, and would claim to be
    /// an administrator: none is believed but the server's own.
    @EventLoop private func believesClaims(of request: Request) -> Bool {
        guard believesClaims, request.head.isCalledByUnborrowedName else { return false }
        return switch request.head.askingPage {
        case .none: true
        case .page(_, let isOwn): isOwn
        case .several: false
        }
    }

    @EventLoop private func claimedAccount(_ request: Request) -> Int? {
        request.head.fields.string(of: "marquee-viewer").flatMap { Int($0) }
    }
}

/// The payload of `connection_init`. Clients write the name of a field as they would in a head, in
/// whatever case.
extension JSONValue {
    fileprivate var authorization: [UInt8]? {
        get throws(GraphQLError) {
            let values = values(ofField: "authorization")
            guard let value = values.first else { return nil }
            guard values.count == 1, let text = value.stringBytes else {
                throw GraphQLError.faultyCredential
            }
            return Array(text)
        }
    }

    private func values(ofField name: StaticString) -> [JSONValue] {
        members.filter {
            !$0.value.isNull && $0.key.stringBytes?.equalsIgnoringCase(name) == true
        }.map(\.value)
    }

    fileprivate var claimedAccount: Int? {
        guard let claim = values(ofField: "marquee-viewer").last else { return nil }
        let text: String? = claim.stringValue
        return claim.number?.int64.map { Int($0) } ?? text.flatMap { Int($0) }
    }
}
