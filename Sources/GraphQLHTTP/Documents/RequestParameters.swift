import Bytes
import GraphQLExecution
package import JSON
package import Secrets

/// The parameters of a request, of which the document may have to be looked up.
package struct RequestParameters: Sendable {
    package let document: AskedDocument
    package let operationName: String?
    package let variables: JSONValue?
    package let extensions: JSONValue?

    /// What its document was registered as, if it was asked for by that.
    package var documentID: String? {
        if case .named(.custom(let id)) = document { id } else { nil }
    }

    /// Whether it asks to be told how it was answered.
    package var asksForTrace: Bool { extensions?["trace"]?.booleanValue == true }

    /// The text that came with the request, if one did.
    package var source: [UInt8]? {
        switch document {
        case .source(let source): source
        case .persisted(_, _, let source): source
        case .named: nil
        }
    }

    func request(of source: [UInt8]) -> EngineRequest {
        EngineRequest(
            source: source, operationName: operationName, variables: variables,
            extensions: extensions)
    }
}

/// How a request says which document it means.
package enum AskedDocument: Sendable, Equatable {
    /// It is written out.
    case source([UInt8])
    /// By its hash, as automatic persisted queries have it, and perhaps written out besides.
    case persisted(version: Int64?, SHA256Digest, source: [UInt8]?)
    /// By what it is called.
    case named(DocumentName)

    /// Chooses by what is given of `query`, `documentId` and `extensions.persistedQuery`.
    init(
        source: [UInt8]?, identifier: String?, extensions: JSONValue?
    ) throws(Refusal) {
        if let identifier {
            guard source == nil else { throw .twoDocuments }
            self = .named(try DocumentName(identifier))
            return
        }
        if let persisted = extensions?["persistedQuery"], !persisted.isNull {
            guard persisted.form == .object,
                let hash = persisted["sha256Hash"]?.stringBytes.flatMap({
                    SHA256Digest(hexadecimal: $0)
                })
            else { throw .faultyPersistedQuery }
            let version = persisted["version"]?.number?.int64
            self = .persisted(version: version, hash, source: source)
            return
        }
        guard let source else { throw .noQuery }
        self = .source(source)
    }
}

/// What a document is called.
package enum DocumentName: Hashable, Sendable {
    case hash(SHA256Digest)
    /// As whoever has registered it calls it.
    case custom(String)

    package static let mostBytes = 255

    /// ```
    /// documentId = "sha256:" 64LOWERHEX / "x-" 1*CHAR / 1*( CHAR without ":" )
    /// ```
    /// (Appendix Persisted Documents.) Other prefixes are reserved.
    package init(_ identifier: String) throws(Refusal) {
        guard 1...Self.mostBytes ~= identifier.utf8.count,
            identifier.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { throw .faultyIdentifier }
        guard identifier.utf8.contains(UInt8(ascii: ":")), !identifier.hasPrefix("x-") else {
            self = .custom(identifier)
            return
        }
        let prefix = "sha256:"
        guard identifier.hasPrefix(prefix),
            let hash = SHA256Digest(hexadecimal: Array(identifier.utf8.dropFirst(prefix.count)))
        else { throw .faultyIdentifier }
        self = .hash(hash)
    }
}

extension Refusal {
    static let noQuery = Refusal(
        .illFormed, "There is no \"query\"; send the document under that name.")

    fileprivate static let twoDocuments = Refusal(
        .illFormed, "Give either \"query\" or \"documentId\".")

    fileprivate static let faultyIdentifier = Refusal(
        .illFormed,
        """
        "documentId" must be "sha256:" and 64 lower-case hexadecimal digits, or a name of up to \
        \(DocumentName.mostBytes) bytes that has no control characters, and no colon unless it \
        begins with "x-".
        """)

    fileprivate static let faultyPersistedQuery = Refusal(
        .illFormed,
        """
        "persistedQuery" must be an object with "version" 1, and with "sha256Hash" of 64 \
        lower-case hexadecimal digits.
        """)
}
