package import Bytes
package import Telemetry
package import Tracing

/// Wraps a handler in what is to happen before and after it.
package typealias Middleware = @Sendable (@escaping Handler) -> Handler

/// What the usual stack of middleware is told once.
package struct StackSettings: Sendable {
    /// Proxies whose X-Forwarded-For and X-Request-ID are believed.
    package var trustedProxies: [AddressBlock] = []
    /// Who traces requests, and follows the traces of callers.
    package var tracer: Tracer?
    package var allowedOrigins = AllowedOrigins.listed([])
    package var securityHeaders = SecurityHeaders()
    /// The smallest body that is compressed; nil compresses none.
    package var minimumCompressedBytes: Int? = 1024

    package init() {}
}

/// Puts the usual middleware around `handler`. From the outside in:
///
/// 1. its client is looked for behind the proxies, before anything counts or limits by address;
/// 2. the request gets its identifier, which all that follows may log and every answer carries,
///    and its place in a trace, which may depend on the client;
/// 3. security headers go on every answer, whoever made it;
/// 4. so do those of CORS, for pages must be able to read errors; preflights end here;
/// 5. bodies are compressed, errors too, once nothing changes them any more;
/// 6. what the handler throws becomes an answer: inside everything, so that the five above see
///    answers only.
package func standardStack(
    _ settings: StackSettings, logger: Logger, handler: @escaping Handler
) -> Handler {
    var handler = presentingErrors(logger)(handler)
    if let minimumBytes = settings.minimumCompressedBytes {
        handler = compressing(minimumBytes: minimumBytes)(handler)
    }
    handler = allowingOrigins(settings.allowedOrigins)(handler)
    handler = addingSecurityHeaders(settings.securityHeaders)(handler)
    handler = assigningRequestIdentifiers(
        trusted: settings.trustedProxies, tracer: settings.tracer)(handler)
    return resolvingClients(trusted: settings.trustedProxies)(handler)
}
