import Bytes
import Reactor

/// Tells browsers which pages of other origins may read our answers (the Fetch standard, CORS
/// protocol), and answers their preflights. A foreign page gets no word of CORS, so its browser
/// keeps the answer from it. Only listed origins may send cookies along.
package func allowingOrigins(_ origins: AllowedOrigins) -> Middleware {
    { handler in
        if origins == .listed([]) { return handler }
        return { request in
            let origin = request.head.value(of: "origin")
            if let origin, isPreflight(request) {
                return preflightAnswer(request, origin, origins)
            }
            var response = try await handler(request)
            guard response.status.rawValue >= 200 else { return response }
            switch origins {
            case .any: response.headers.add(CORSFields.anyOrigin)
            case .listed:
                response.headers.add("Vary", "Origin" as StaticString)
                guard let origin, origins.contains(origin) else { return response }
                response.headers.add("Access-Control-Allow-Origin", [UInt8](origin))
                response.headers.add(CORSFields.listedOrigin)
            }
            return response
        }
    }
}

private enum CORSFields {
    private static let exposed: KeyValuePairs = [
        "Access-Control-Expose-Headers":
            "X-Request-ID, Retry-After, ETag, Location, Content-Range, Accept-Ranges, "
            + "RateLimit-Policy, RateLimit, Idempotency-Replayed, traceparent, "
            + "Tus-Resumable, Upload-Offset, Upload-Length, Upload-Expires"
    ]

    static let anyOrigin: HeaderBlock = {
        var block = HeaderBlock(["Access-Control-Allow-Origin": "*"])
        block.add(HeaderBlock(exposed))
        return block
    }()

    static let listedOrigin: HeaderBlock = {
        var block = HeaderBlock(["Access-Control-Allow-Credentials": "true"])
        block.add(HeaderBlock(exposed))
        return block
    }()

    static let preflight = HeaderBlock([
        "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
        "Access-Control-Max-Age": "7200",
    ])

    static let preflightVary = HeaderBlock([
        "Vary": "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
    ])

    /// Request fields that pages may send; those every page may send anyway are not among them.
    static let names = [
        "accept", "apollo-require-preflight", "apollographql-client-name",
        "apollographql-client-version", "authorization", "content-type", "graphql-preflight",
        "idempotency-key", "if-match", "if-none-match", "last-event-id", "range", "traceparent",
        "tracestate",
        "tus-resumable", "upload-checksum", "upload-concat", "upload-defer-length",
        "upload-length", "upload-metadata", "upload-offset", "x-apollo-operation-name",
        "x-graphql-event-stream-token", "x-request-id", "x-requested-with",
    ]
}

@EventLoop private func isPreflight(_ request: Request) -> Bool {
    request.method == .options && request.head.value(of: "access-control-request-method") != nil
}

@EventLoop private func preflightAnswer(
    _ request: Request, _ origin: ArraySlice<UInt8>, _ origins: AllowedOrigins
) -> Response {
    var headers = CORSFields.preflightVary
    guard origins.contains(origin) else { return Response(status: .noContent, headers: headers) }
    if origins == .any {
        headers.add("Access-Control-Allow-Origin", "*" as StaticString)
    } else {
        headers.add("Access-Control-Allow-Origin", [UInt8](origin))
        headers.add("Access-Control-Allow-Credentials", "true" as StaticString)
    }
    headers.add(CORSFields.preflight)
    let allowed = allowedNames(request.head)
    if !allowed.isEmpty {
        headers.add("Access-Control-Allow-Headers", allowed.joined(separator: ", "))
    }
    return Response(status: .noContent, headers: headers)
}

/// Of the names that the page wants to send, those it may, in our own spelling.
private func allowedNames(_ head: RequestHead) -> [String] {
    let asked = head.values(of: "access-control-request-headers").flatMap {
        $0.split(separator: UInt8(ascii: ",")).map(\.trimmingSpaces)
    }
    return CORSFields.names.filter { name in
        asked.contains { $0.equalsIgnoringCase(name.utf8) }
    }
}
