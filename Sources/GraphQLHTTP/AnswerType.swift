import Bytes
import HTTP
import Reactor

/// The media types that an answer may have.
enum AnswerType {
    /// `application/json`: for clients that know of no other.
    case json
    /// `application/graphql-response+json`
    case graphQLResponse

    static let names = "application/graphql-response+json or application/json"

    /// The one a client likes best; nil if it takes neither.
    ///
    /// Where it has no preference, `application/json` is safe: every client can read it. One that
    /// names the other type knows what it means, and gets it unless it prefers the first.
    init?(acceptedBy head: RequestHead) {
        guard let accept = head.value(of: "accept") else {
            self = .json
            return
        }
        // What most clients send needs no list.
        if accept.elementsEqual("application/json".utf8) || accept.elementsEqual("*/*".utf8) {
            self = .json
            return
        }
        let members = QualityList(head.values(of: "accept")).members
        guard !members.isEmpty else {
            self = .json
            return
        }
        let json = Preference(for: "application/json", in: members)
        let graphQL = Preference(for: "application/graphql-response+json", in: members)
        guard max(json.quality, graphQL.quality) > 0 else { return nil }
        let isNamed = graphQL.isNamed && graphQL.quality == json.quality
        self = isNamed || graphQL.quality > json.quality ? .graphQLResponse : .json
    }

    /// Whether a client that navigates, a browser, would rather see a page.
    static func prefersPage(_ head: RequestHead) -> Bool {
        let members = QualityList(head.values(of: "accept")).members
        let page = Preference(for: "text/html", in: members)
        guard page.isNamed, page.quality > 0 else { return false }
        let json = Preference(for: "application/json", in: members)
        let graphQL = Preference(for: "application/graphql-response+json", in: members)
        return page.quality >= max(json.quality, graphQL.quality)
    }

    /// What goes with every answer of the type.
    var headers: HeaderBlock {
        switch self {
        case .json: Self.jsonHeaders
        case .graphQLResponse: Self.graphQLHeaders
        }
    }

    /// The same, where it is said how the answer may be kept.
    func headers(cacheControl: String) -> HeaderBlock {
        let type = self == .json ? Self.jsonText : Self.graphQLText
        return HeaderBlock(["Content-Type": type, "Cache-Control": cacheControl, "Vary": "Accept"])
    }

    private static let jsonText = "application/json; charset=utf-8"
    private static let graphQLText = "application/graphql-response+json; charset=utf-8"
    private static let jsonHeaders = AnswerType.json.headers(cacheControl: "no-store")
    private static let graphQLHeaders = AnswerType.graphQLResponse.headers(
        cacheControl: "no-store")
}

/// How much a client likes a media type (RFC 9110 section 12.5.1): the range that names it most
/// closely counts.
private struct Preference {
    var quality = 0
    /// Whether the type itself is listed, and not only a range it is in.
    var isNamed: Bool { closeness == 3 }
    private var closeness = 0

    init(for type: StaticString, in members: [QualityList.Member]) {
        for member in members {
            let closeness = Self.closeness(of: member, to: type)
            guard closeness > 0, closeness >= self.closeness else { continue }
            let isCloser = closeness > self.closeness
            quality = isCloser ? member.quality : max(quality, member.quality)
            self.closeness = closeness
        }
    }

    private static func closeness(of member: QualityList.Member, to type: StaticString) -> Int {
        guard member.allowsUTF8 else { return 0 }
        if member.name.equalsIgnoringCase(type) { return 3 }
        if member.name.elementsEqual("*/*".utf8) { return 1 }
        guard member.name.last == UInt8(ascii: "*"), member.name.count > 2 else { return 0 }
        let family = UnsafeBufferPointer(start: type.utf8Start, count: type.utf8CodeUnitCount)
            .prefix(member.name.count - 1)
        return member.name.dropLast().equalsIgnoringCase(family) ? 2 : 0
    }
}

extension QualityList.Member {
    /// Whether its `charset`, if it has one, is the only one we speak.
    var allowsUTF8: Bool {
        parameters.allSatisfy {
            !$0.name.equalsIgnoringCase("charset") || $0.value[...].equalsIgnoringCase("utf-8")
        }
    }
}
