import Bytes
import HTTP
import Reactor
import Secrets

/// The page on which people try queries, made of the files in `Explorer`: one file, which may load
/// nothing and talk to nobody but its own server.
package struct ExplorerPage: Sendable {
    private let content: Content
    private let policy: String

    package init() {
        let style = PackageResources.explorer_css
        let script =
            PackageResources.explorer_js + PackageResources.schema_js
            + PackageResources.trace_js + PackageResources.completion_js
        var page = PackageResources.explorer_html
        page.fill("style", with: style)
        page.fill("script", with: script)
        content = Content(page, type: "text/html; charset=utf-8", cacheControl: "no-cache")
        policy = """
            default-src 'none'; connect-src 'self'; img-src data:; \
            style-src '\(Self.hash(of: style))'; script-src '\(Self.hash(of: script))'; \
            base-uri 'none'; form-action 'none'; frame-ancestors 'none'
            """
    }

    /// Content Security Policy 3, hash-source.
    private static func hash(of text: [UInt8]) -> String {
        "sha256-" + SHA256Digest(of: text).bytes.base64
    }

    @EventLoop func respond(to request: Request) throws(RequestFault) -> Response {
        var response = try content.respond(to: request)
        response.headers.add("Content-Security-Policy", policy)
        response.headers.add("Vary", "Accept" as StaticString)
        return response
    }
}

extension [UInt8] {
    /// Puts `text` into the element of that name, which is still empty.
    fileprivate mutating func fill(_ element: String, with text: [UInt8]) {
        guard let empty = firstRange(of: Array("<\(element)></\(element)>".utf8)) else {
            preconditionFailure("the page has no empty \(element)")
        }
        insert(contentsOf: text, at: empty.upperBound - element.utf8.count - 3)
    }
}
