import Bytes

/// The web page that sends a request, as its browser names it (RFC 6454 section 7).
package enum AskingPage: Equatable {
    /// No page of another origin: browsers leave it out where they only read from where the page
    /// is from, and what is no browser names none.
    case none
    /// An own page is one of this very server, called by a name that nobody else can give to it.
    case page(origin: ArraySlice<UInt8>, isOwn: Bool)
    /// More than one is named.
    case several
}

extension RequestHead {
    package var askingPage: AskingPage {
        let origins = Array(values(of: "origin"))
        guard let origin = origins.first else { return .none }
        guard origins.count == 1 else { return .several }
        return .page(
            origin: origin, isOwn: isCalledByUnborrowedName && isAuthority(of: origin))
    }

    /// Whether the server is called by a name that cannot be made to lead here by whoever owns a
    /// domain: the page that he shows under it would pass for one of the server's own.
    package var isCalledByUnborrowedName: Bool {
        let name = hostWithoutPort
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return true }
        return IPAddress(name) != nil
            || Self.unsoldDomains.contains { name[(dot + 1)...].equalsIgnoringCase($0) }
    }

    /// Domains in which nobody can buy a name (RFC 6761, RFC 6762; ICANN keeps `internal` free).
    private static let unsoldDomains: [StaticString] = ["localhost", "local", "internal", "test"]

    private var hostWithoutPort: ArraySlice<UInt8> {
        if let bracket = host.lastIndex(of: UInt8(ascii: "]")) {
            return host[..<bracket].drop { $0 == UInt8(ascii: "[") }
        }
        return host.lastIndex(of: UInt8(ascii: ":")).map { host[..<$0] } ?? host
    }

    private func isAuthority(of origin: ArraySlice<UInt8>) -> Bool {
        for scheme in ["http://", "https://"] where origin.starts(with: scheme.utf8) {
            return origin.dropFirst(scheme.utf8.count).equalsIgnoringCase(host)
        }
        return false
    }
}
