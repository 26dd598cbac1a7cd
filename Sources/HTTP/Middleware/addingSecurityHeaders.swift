/// What browsers are told to refuse on our behalf.
package struct SecurityHeaders: Sendable {
    /// For answers that bring no policy of their own.
    package var contentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'"
    /// How long browsers are to use nothing but TLS; nil says nothing about it. Only for servers
    /// that are always reached through TLS.
    package var strictTransportSeconds: UInt64?

    package init() {}

    fileprivate var block: HeaderBlock {
        var block = HeaderBlock([
            "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
        ])
        if let strictTransportSeconds {
            block.add(
                "Strict-Transport-Security",
                "max-age=\(strictTransportSeconds); includeSubDomains")
        }
        return block
    }
}

/// Adds the security headers to every answer but those that leave HTTP.
package func addingSecurityHeaders(_ settings: SecurityHeaders = SecurityHeaders()) -> Middleware {
    let withPolicy = settings.block
    var withoutPolicy = settings.block
    withoutPolicy.add("Content-Security-Policy", settings.contentSecurityPolicy)
    return { [withoutPolicy] handler in
        { request in
            var response = try await handler(request)
            guard response.status.rawValue >= 200 else { return response }
            let hasPolicy = response.headers.contains("content-security-policy")
            response.headers.add(hasPolicy ? withPolicy : withoutPolicy)
            return response
        }
    }
}
