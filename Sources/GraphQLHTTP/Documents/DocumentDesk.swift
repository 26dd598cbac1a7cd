package import GraphQLExecution
import GraphQLTypes
import HTTP
import JSON
package import Reactor
import Secrets

/// Finds the documents that requests mean, and decides which may be asked for.
@EventLoop package final class DocumentDesk {
    private let settings: DocumentSettings
    private let shelf: (any DocumentShelf)?
    private let recorder: DocumentRecorder?
    private var memory: DocumentMemory
    private var unknown: UnknownDocuments
    private var refreshing: Timer?

    /// Without a shelf there is nothing but what this desk was brought.
    package nonisolated init(
        _ settings: DocumentSettings = DocumentSettings(), shelf: (any DocumentShelf)? = nil,
        recorder: DocumentRecorder? = nil
    ) {
        (self.settings, self.shelf, self.recorder) = (settings, shelf, recorder)
        memory = DocumentMemory(maximumBytes: settings.maximumBytes)
        unknown = UnknownDocuments(lifetimeMilliseconds: settings.unknownMilliseconds)
    }

    /// The request with its document, which has still to be parsed and validated.
    package func find(_ parameters: RequestParameters) async throws(Refusal) -> EngineRequest {
        switch parameters.document {
        case .source(let source):
            guard settings.policy == .any else { throw refused(.notRegistered) }
            return parameters.request(of: source)
        case .persisted(let version, let hash, let source):
            guard version == 1 else { throw .persistedQueryVersion }
            guard settings.isPersisting || settings.policy == .registered else {
                throw .persistedQueryNotSupported
            }
            guard let source else {
                return parameters.request(of: try await persisted(hash))
            }
            guard SHA256Digest(of: source) == hash else { throw .persistedQueryHash }
            if settings.policy == .registered, try await look(for: .hash(hash)) == nil {
                throw refused(.notRegistered)
            }
            return parameters.request(of: source)
        case .named(let name):
            guard let entry = try await look(for: name) else { throw refused(.unknownDocument) }
            return parameters.request(of: entry.source)
        }
    }

    /// The document of a request has been validated: if the client has said by which hash it will
    /// ask for it, it may do so from now on.
    package func validated(_ parameters: RequestParameters) {
        guard case .persisted(_, let hash, let source?) = parameters.document,
            settings.policy == .any, memory.find(.hash(hash)) == nil
        else { return }
        unknown.remove(.hash(hash))
        keep(DocumentMemory.Entry(source: source, isRegistered: false), as: .hash(hash))
        shelf?.put(source, as: hash)
        recorder?.stored()
    }

    private func persisted(_ hash: SHA256Digest) async throws(Refusal) -> [UInt8] {
        let entry: DocumentMemory.Entry?
        do throws(Refusal) {
            entry = try await look(for: .hash(hash))
        } catch  where settings.policy == .any {
            // The client sends it in full then.
            entry = nil
        }
        guard let entry else { throw .persistedQueryNotFound }
        return entry.source
    }

    // MARK: Looking

    private func look(for name: DocumentName) async throws(Refusal) -> DocumentMemory.Entry? {
        if let entry = memory.find(name), isAllowed(entry) {
            recorder?.found(isRegistered: entry.isRegistered)
            return entry
        }
        guard let shelf, !unknown.contains(name) else {
            recorder?.missed()
            return nil
        }
        let found: ShelvedDocument?
        do {
            found = try await shelf.find(name)
        } catch {
            throw .documentsUnavailable
        }
        recorder?.missed()
        guard let found else {
            unknown.insert(name)
            return nil
        }
        let entry = DocumentMemory.Entry(source: found.source, isRegistered: found.isRegistered)
        guard isAllowed(entry) else { return nil }
        keep(entry, as: name)
        if entry.isRegistered { refreshFromNowOn() }
        return entry
    }

    private func isAllowed(_ entry: DocumentMemory.Entry) -> Bool {
        entry.isRegistered || settings.policy == .any
    }

    private func keep(_ entry: DocumentMemory.Entry, as name: DocumentName) {
        let bytes = memory.bytes
        memory.keep(entry, as: name)
        recorder?.kept(bytes: memory.bytes - bytes)
    }

    private func refused(_ refusal: Refusal) -> Refusal {
        recorder?.refused()
        return refusal
    }

    // MARK: Refreshing

    /// Documents that were registered may be so no longer, or be others by the same names.
    private func refreshFromNowOn() {
        guard refreshing == nil else { return }
        let period = settings.refreshMilliseconds
        refreshing = Timer(afterMilliseconds: period) { [weak self] in
            EventLoop.start { await self?.refresh() }
        }
    }

    /// Forgets which documents are no longer registered. Where the database does not say, all stay
    /// as they are.
    package func refresh() async {
        let known = memory.registered
        if let shelf, !known.isEmpty, let hashes = try? await shelf.registered(Array(known.keys)) {
            let bytes = memory.bytes
            for (name, source) in known where hashes[name] != SHA256Digest(of: source) {
                memory.remove(name)
            }
            recorder?.kept(bytes: memory.bytes - bytes)
        }
        refreshing = nil
        if !memory.registered.isEmpty { refreshFromNowOn() }
    }
}

package struct DocumentSettings: Sendable {
    /// What may be asked for.
    package var policy = DocumentPolicy.any
    /// What is kept of documents that are asked for by name, at most.
    package var maximumBytes = 4 << 20
    /// Whether clients may ask by hash for what they have sent before.
    package var isPersisting = true
    /// How long nobody is asked again for a name that nobody has.
    package var unknownMilliseconds: UInt64 = 2_000
    /// How often it is asked whether what was registered still is.
    package var refreshMilliseconds: UInt64 = 60_000

    package init() {}
}

package enum DocumentPolicy: String, Sendable, CaseIterable {
    /// Whatever is valid.
    case any
    /// Only documents that have been registered.
    case registered
}

extension Refusal {
    /// Apollo's automatic persisted queries: with status 200 in any case.
    private static func persistedQuery(_ message: String, _ code: String) -> Refusal {
        var refusal = Refusal(
            [GraphQLError(message, code: ErrorCode(rawValue: code))], .status(.ok))
        refusal.cacheControl = "private, no-cache, must-revalidate"
        return refusal
    }

    fileprivate static let persistedQueryNotFound = persistedQuery(
        "PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")
    fileprivate static let persistedQueryNotSupported = persistedQuery(
        "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")
    fileprivate static let persistedQueryVersion = Refusal(
        .malformed, "Unsupported persisted query version")
    fileprivate static let persistedQueryHash = Refusal(
        .malformed, "provided sha does not match query")

    fileprivate static let unknownDocument = Refusal(
        [
            GraphQLError(
                "There is no document by that \"documentId\".",
                code: ErrorCode(rawValue: "PERSISTED_QUERY_NOT_FOUND"))
        ], .outcome(.invalid))

    fileprivate static let notRegistered = Refusal(
        [
            GraphQLError(
                "Only documents that have been registered are answered here: ask for one of them.",
                code: ErrorCode(rawValue: "DOCUMENT_NOT_REGISTERED"))
        ], .outcome(.notAdmitted(.forbidden)))

    fileprivate static let documentsUnavailable = Refusal(
        notAdmitted: GraphQLError(
            "The document cannot be looked up now; try again in a moment.",
            code: .serviceUnavailable))
}
