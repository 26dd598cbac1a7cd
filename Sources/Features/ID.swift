import Bytes
import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// What a node is called outside: what it is, and which one, as in `movie-42`.
struct ID: Hashable, Sendable {
    let kind: Kind
    let key: Key

    /// What nodes are. The names stand in ids that clients have kept: they never change.
    enum Kind: String, CaseIterable, Sendable {
        case category
        case key
        case media
        case movie
        case review
        case session
        case user
    }

    enum Key: Hashable, Sendable {
        case number(Int)
        case uuid(UUID)
    }

    init(_ kind: Kind, _ number: Int) { (self.kind, key) = (kind, .number(number)) }

    init(_ kind: Kind, _ uuid: UUID) { (self.kind, key) = (kind, .uuid(uuid)) }

    /// Nothing for a text that no node was ever called.
    init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
        let name = String(parts[1])
        if kind == .media {
            guard let uuid = UUID(name) else { return nil }
            self.init(kind, uuid)
        } else {
            guard let number = Int(name), number > 0, String(number) == name else { return nil }
            self.init(kind, number)
        }
    }

    /// The number of a node of this kind; nothing of any other.
    func number(of kind: Kind) -> Int? {
        if case .number(let number) = key, self.kind == kind { number } else { nil }
    }
}

extension ID: OutputScalar, InputScalar {
    @EventLoop func write(into response: inout ResponseWriter) {
        switch key {
        case .number(let number): response.append(id: kind.prefix, number)
        case .uuid(let uuid):
            response.appendPlain { bytes in
                bytes.append(kind.prefix)
                uuid.append(to: &bytes)
            }
        }
    }

    init(input: InputValue) throws(GraphQLError) {
        let text = try String(input: input)
        guard let id = ID(text) else {
            throw GraphQLError(
                "\"\(text.prefix(100))\" is no id: use one that this server gave you.",
                breaking: "ID")
        }
        self = id
    }
}

extension ID.Kind {
    fileprivate var prefix: StaticString {
        switch self {
        case .category: "category-"
        case .key: "key-"
        case .media: "media-"
        case .movie: "movie-"
        case .review: "review-"
        case .session: "session-"
        case .user: "user-"
        }
    }
}
