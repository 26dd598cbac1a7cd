import Bytes
package import HTTP
package import Reactor
import Secrets

/// The opening handshake, which makes a WebSocket of an HTTP connection (RFC 6455 section 4.2).
package struct Handshake: Sendable {
    /// The one of the client's subprotocols that the server likes best; nil where it likes none.
    package let subprotocol: String?
    /// What proves that the server has understood.
    let accept: String

    /// Whether the client wants a WebSocket, and not some other protocol.
    @EventLoop package static func isWanted(by request: Request) -> Bool {
        request.head.wantsUpgrade && request.head.fields.lists("websocket", in: "upgrade")
    }

    /// Judges a request that wants one. Pages have to be among `origins`, unless they are of this
    /// very server and those are let in; what is no browser sends no origin.
    @EventLoop package init(
        _ request: Request, subprotocols: [String], origins: AllowedOrigins,
        letsInOwnPages: Bool
    ) throws(HandshakeFault) {
        let head = request.head
        guard request.method == .get, !head.hasBody else { throw .notGet }
        let versions = Array(head.values(of: "sec-websocket-version"))
        guard versions.count == 1, versions[0].elementsEqual("13".utf8) else {
            throw .otherVersion
        }
        let keys = Array(head.values(of: "sec-websocket-key"))
        guard keys.count == 1, Self.isKey(keys[0]) else { throw .badKey }
        switch head.askingPage {
        case .none: break
        case .page(let origin, let isOwn):
            guard origins.contains(origin) || isOwn && letsInOwnPages else {
                throw .foreignOrigin
            }
        case .several: throw .severalOrigins
        }
        subprotocol = try Self.choose(among: subprotocols, for: head)
        accept = Self.accept(keys[0])
    }

    /// What the client is told.
    package var headers: HeaderBlock {
        var headers = HeaderBlock(["Upgrade": "websocket", "Connection": "Upgrade"])
        headers.add("Sec-WebSocket-Accept", accept)
        if let subprotocol { headers.add("Sec-WebSocket-Protocol", subprotocol) }
        return headers
    }

    /// Sixteen bytes in base64
    private static func isKey(_ key: ArraySlice<UInt8>) -> Bool {
        key.count == 24 && key.suffix(2).elementsEqual("==".utf8)
            && Base64.standard.decode(key.dropLast(2)) != nil
    }

    static func accept(_ key: ArraySlice<UInt8>) -> String {
        SHA1Digest(of: Array(key) + Array("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)).bytes.base64
    }

    private static func choose(
        among subprotocols: [String], for head: RequestHead
    ) throws(HandshakeFault) -> String? {
        var offered: [ArraySlice<UInt8>] = []
        for value in head.values(of: "sec-websocket-protocol") {
            for member in value.split(
                separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            {
                let name = member.trimmingSpaces
                guard !name.isEmpty, name.allSatisfy(\.isToken), !offered.contains(name) else {
                    throw .badSubprotocols
                }
                offered.append(name)
            }
        }
        return subprotocols.first { wanted in
            offered.contains { $0.elementsEqual(wanted.utf8) }
        }
    }
}

/// Why a connection does not become a WebSocket.
package struct HandshakeFault: Error {
    package let fault: RequestFault
    /// What the answer says besides.
    package var headers = HeaderBlock()

    private init(_ status: Status, _ code: String, _ message: String) {
        fault = RequestFault(status: status, code: code, message: message)
    }

    private static func badRequest(_ message: String) -> HandshakeFault {
        HandshakeFault(.badRequest, "BAD_REQUEST", message)
    }

    static let notGet = badRequest("A WebSocket begins with GET, without a body.")
    static let badKey = badRequest(
        "A WebSocket needs one Sec-WebSocket-Key: sixteen random bytes in base64.")
    static let badSubprotocols = badRequest(
        "Sec-WebSocket-Protocol lists names between commas, each once.")
    static let severalOrigins = badRequest("A WebSocket is opened by a page of one Origin.")
    static let foreignOrigin = HandshakeFault(
        .forbidden, "FORBIDDEN", "Pages of this origin may not open a WebSocket here.")
    /// RFC 6455 section 4.4: with the version that would do.
    static let otherVersion: HandshakeFault = {
        var refusal = HandshakeFault(
            .upgradeRequired, "UPGRADE_REQUIRED",
            "WebSockets are spoken in version 13 only; say so in Sec-WebSocket-Version.")
        refusal.headers = HeaderBlock([
            "Sec-WebSocket-Version": "13", "Upgrade": "websocket", "Connection": "Upgrade",
        ])
        return refusal
    }()
}
