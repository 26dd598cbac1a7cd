package import Bytes
import Reactor

/// Finds out who asks when trusted proxies stand before us; see `ForwardedAddress`.
package func resolvingClients(trusted: [AddressBlock]) -> Middleware {
    { handler in
        guard !trusted.isEmpty else { return handler }
        return { request in
            request.client = ForwardedAddress.client(
                peer: request.peer.ip,
                forwardedFor: request.head.values(of: "x-forwarded-for"), trusted: trusted)
            return try await handler(request)
        }
    }
}
