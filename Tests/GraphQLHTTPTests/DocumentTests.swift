import Bytes
import GraphQLExecution
import GraphQLHTTP
import HTTP
import JSON
import Reactor
import Secrets
import TestSupport
import Testing

/// Documents that requests only name: automatic persisted queries, and registered ones.
@Suite struct DocumentTests {
    init() { LoopThread.start() }

    private static let mood = "{ mood }"
    private static let answered = #"{"data":{"mood":"CHEERFUL"}}"#

    private static func hash(_ text: String) -> String {
        var digits = ByteBuffer()
        SHA256Digest(of: Array(text.utf8)).write(to: &digits)
        return String(decoding: digits.array(), as: UTF8.self)
    }

    private static func extensions(_ hash: String, version: String = "1") -> String {
        #""extensions":{"persistedQuery":{"version":\#(version),"sha256Hash":"\#(hash)"}}"#
    }

    @EventLoop private static func settings(
        _ shelf: Shelf? = nil, _ change: (inout DocumentSettings) -> Void = { _ in }
    ) -> GraphQLEndpointSettings {
        var documents = DocumentSettings()
        change(&documents)
        var settings = GraphQLEndpointSettings()
        settings.documents = DocumentDesk(documents, shelf: shelf)
        return settings
    }

    // MARK: Automatic persisted queries

    @EventLoop
    @Test func `what was sent once with its hash may be asked for by that`() async throws {
        let settings = Self.settings()
        let extensions = Self.extensions(Self.hash(Self.mood))
        for accept in [Answer.json, Answer.graphQL] {
            let unknown = try await Cinema.post("{\(extensions)}", accept: accept, Self.settings())
            #expect(unknown.refusal == "200 PERSISTED_QUERY_NOT_FOUND: PersistedQueryNotFound")
            #expect(
                unknown.response.field("cache-control") == "private, no-cache, must-revalidate")
        }
        let sent = try await Cinema.post(
            #"{"query":"\#(Self.mood)",\#(extensions)}"#, settings)
        #expect(sent.text == Self.answered)
        let named = try await Cinema.post("{\(extensions)}", settings)
        #expect(named.text == Self.answered && named.status == 200)
        let byGet = try await Cinema.get(
            "extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22"
                + "\(Self.hash(Self.mood))%22%7D%7D", settings)
        #expect(byGet.text == Self.answered)
        let byIdentifier = try await Cinema.get(
            "documentId=sha256:\(Self.hash(Self.mood))", settings)
        #expect(byIdentifier.text == Self.answered)
    }

    @EventLoop
    @Test(arguments: ["{", "{ moood }", "{ film }"])
    func `what is not valid is not kept`(_ source: String) async throws {
        let settings = Self.settings()
        let extensions = Self.extensions(Self.hash(source))
        let sent = try await Cinema.post(#"{"query":"\#(source)",\#(extensions)}"#, settings)
        #expect(sent.data == nil)
        let named = try await Cinema.post("{\(extensions)}", settings)
        #expect(named.refusal == "200 PERSISTED_QUERY_NOT_FOUND: PersistedQueryNotFound")
    }

    @EventLoop
    @Test func `a hash of something else is refused before anything runs`() async throws {
        let settings = Self.settings()
        let other = Self.extensions(Self.hash("{ broken }"))
        let refused = try await Cinema.post(#"{"query":"{ mood }",\#(other)}"#, settings)
        #expect(refused.refusal == "400 BAD_REQUEST: provided sha does not match query")
        let named = try await Cinema.post("{\(other)}", settings)
        #expect(named.refusal == "200 PERSISTED_QUERY_NOT_FOUND: PersistedQueryNotFound")
    }

    @EventLoop
    @Test func `versions and hashes of other forms are refused`() async throws {
        let hash = Self.hash(Self.mood)
        for version in ["2", "0", "null", #""1""#] {
            let answer = try await Cinema.post("{\(Self.extensions(hash, version: version))}")
            #expect(answer.refusal == "400 BAD_REQUEST: Unsupported persisted query version")
        }
        let message = """
            "persistedQuery" must be an object with "version" 1, and with "sha256Hash" of 64 \
            lower-case hexadecimal digits.
            """
        for wrong in ["", "00", hash + "0", hash.uppercased(), String(repeating: "g", count: 64)] {
            let answer = try await Cinema.post("{\(Self.extensions(wrong))}")
            #expect(answer.refusal == "400 BAD_REQUEST: \(message)")
        }
        let answer = try await Cinema.post(#"{"extensions":{"persistedQuery":7}}"#)
        #expect(answer.refusal == "400 BAD_REQUEST: \(message)")
    }

    @EventLoop
    @Test func `where nothing is persisted, clients are told once and for all`() async throws {
        let settings = Self.settings { $0.isPersisting = false }
        let extensions = Self.extensions(Self.hash(Self.mood))
        for body in ["{\(extensions)}", #"{"query":"{ mood }",\#(extensions)}"#] {
            let answer = try await Cinema.post(body, settings)
            #expect(
                answer.refusal == "200 PERSISTED_QUERY_NOT_SUPPORTED: PersistedQueryNotSupported")
            #expect(
                answer.response.field("cache-control") == "private, no-cache, must-revalidate")
        }
    }

    @EventLoop
    @Test func `the memory has an end, and forgets what was asked for longest ago`() async throws {
        let settings = Self.settings { $0.maximumBytes = 8_192 }
        func ask(_ number: Int, inFull: Bool) async throws -> Answer {
            let source = "{ mood } # \(number)"
            let query = inFull ? #""query":"\#(source)","# : ""
            return try await Cinema.post(
                "{\(query)\(Self.extensions(Self.hash(source)))}", settings)
        }
        for number in 0..<200 {
            #expect(try await ask(number, inFull: true).data != nil)
            // Asked for again and again, the first one stays.
            #expect(try await ask(0, inFull: false).data != nil)
        }
        #expect(try await ask(199, inFull: false).data != nil)
        #expect(try await ask(1, inFull: false).data == nil)
    }

    @EventLoop
    @Test func `a mutation by hash is one all the same`() async throws {
        let settings = Self.settings()
        let source = "mutation { rate(stars: 4) { title } }"
        let extensions = Self.extensions(Self.hash(source))
        _ = try await Cinema.post(#"{"query":"\#(source)",\#(extensions)}"#, settings)
        let byGet = try await Cinema.get("documentId=sha256:\(Self.hash(source))", settings)
        #expect(byGet.status == 405 && byGet.response.field("allow") == "POST")
        let byPost = try await Cinema.post("{\(extensions)}", settings)
        #expect(byPost.text == #"{"data":{"rate":{"title":"Heat"}}}"#)
    }

    // MARK: Registered documents

    @EventLoop
    @Test func `a registered document is looked up once`() async throws {
        let shelf = Shelf(["films/mood": Self.mood])
        let settings = Self.settings(shelf)
        for _ in 0..<3 {
            let answer = try await Cinema.post(#"{"documentId":"films/mood"}"#, settings)
            #expect(answer.text == Self.answered)
            let byGet = try await Cinema.get("documentId=films/mood", settings)
            #expect(byGet.text == Self.answered)
        }
        #expect(shelf.lookups == 1)
        for _ in 0..<3 {
            let answer = try await Cinema.post(
                "{\(Self.extensions(Self.hash(Self.mood)))}", settings)
            #expect(answer.text == Self.answered)
        }
        #expect(shelf.lookups == 2)
    }

    @EventLoop
    @Test func `a name that nobody has is looked up once in a while`() async throws {
        let shelf = Shelf([:])
        let settings = Self.settings(shelf) { $0.unknownMilliseconds = 60_000 }
        for accept in [Answer.json, Answer.graphQL] {
            let answer = try await Cinema.post(#"{"documentId":"none"}"#, accept: accept, settings)
            #expect(answer.errors.count == 1 && answer.data == nil)
            #expect(
                answer.refusal
                    == "\(accept == Answer.json ? 200 : 400) PERSISTED_QUERY_NOT_FOUND: "
                    + "There is no document by that \"documentId\".")
        }
        #expect(shelf.lookups == 1)
        let impatient = Self.settings(shelf) { $0.unknownMilliseconds = 0 }
        for _ in 0..<2 { _ = try await Cinema.post(#"{"documentId":"none"}"#, impatient) }
        #expect(shelf.lookups == 3)
    }

    @EventLoop
    @Test(arguments: ["", "md5:00", "sha256:00", "sha256:", ":", "a:b", #"a\u0000b"#, #"\n"#])
    func `names of forms that are reserved are refused`(_ identifier: String) async throws {
        let answer = try await Cinema.post(#"{"documentId":"\#(identifier)"}"#)
        #expect(answer.refusal.hasPrefix(#"400 BAD_REQUEST: "documentId" must be "sha256:" and"#))
    }

    @EventLoop
    @Test func `one document is meant, and by a string`() async throws {
        let both = try await Cinema.post(#"{"query":"{ mood }","documentId":"a"}"#)
        #expect(both.refusal == #"400 BAD_REQUEST: Give either "query" or "documentId"."#)
        let number = try await Cinema.post(#"{"documentId":7}"#)
        #expect(
            number.refusal == #"400 BAD_REQUEST: "documentId" must be a string, but is a number."#)
        let long = try await Cinema.post(
            #"{"documentId":"\#(String(repeating: "a", count: 256))"}"#)
        #expect(long.status == 400)
    }

    @EventLoop
    @Test func `where only registered documents are answered, nothing else is`() async throws {
        let shelf = Shelf(["mood": Self.mood])
        let settings = Self.settings(shelf) { $0.policy = .registered }
        let refusal =
            "DOCUMENT_NOT_REGISTERED: Only documents that have been registered are "
            + "answered here: ask for one of them."
        for body in [
            #"{"query":"{ mood }"}"#, #"{"query":"{ __typename }"}"#,
            #"{"query":"{ __typename }",\#(Self.extensions(Self.hash("{ __typename }")))}"#,
        ] {
            for (accept, status) in [(Answer.json, 200), (Answer.graphQL, 403)] {
                let answer = try await Cinema.post(body, accept: accept, settings)
                #expect(answer.refusal == "\(status) \(refusal)")
            }
        }
        let byGet = try await Cinema.get("query=%7Bmood%7D", settings)
        #expect(byGet.refusal == "200 \(refusal)")
        for body in [
            #"{"documentId":"mood"}"#, "{\(Self.extensions(Self.hash(Self.mood)))}",
            #"{"documentId":"sha256:\#(Self.hash(Self.mood))"}"#,
            #"{"query":"{ mood }",\#(Self.extensions(Self.hash(Self.mood)))}"#,
        ] {
            let answer = try await Cinema.post(body, settings)
            #expect(answer.text == Self.answered)
        }
        #expect(shelf.put.isEmpty)
    }

    @EventLoop
    @Test func `what is registered no longer, or is another one, is noticed`() async throws {
        let shelf = Shelf(["a": Self.mood, "b": Self.mood, "c": Self.mood])
        let settings = Self.settings(shelf) { $0.unknownMilliseconds = 0 }
        for name in ["a", "b", "c"] {
            _ = try await Cinema.post(#"{"documentId":"\#(name)"}"#, settings)
        }
        shelf.documents["a"] = nil
        shelf.documents["b"] = "{ film { title } }"
        shelf.isBroken = true
        await settings.documents.refresh()
        shelf.isBroken = false
        #expect(try await Cinema.post(#"{"documentId":"a"}"#, settings).text == Self.answered)
        await settings.documents.refresh()
        let texts = [
            try await Cinema.post(#"{"documentId":"a"}"#, settings).text.prefix(10),
            try await Cinema.post(#"{"documentId":"b"}"#, settings).text.prefix(31),
            try await Cinema.post(#"{"documentId":"c"}"#, settings).text.prefix(31),
        ]
        #expect(texts == [#"{"errors":"#, #"{"data":{"film":{"title":"Heat""#, Self.answered[...]])
        #expect(shelf.lookups == 5)
    }

    @EventLoop
    @Test func `without the database a name cannot be found out, a hash is asked for`()
        async throws
    {
        let shelf = Shelf(["mood": Self.mood])
        shelf.isBroken = true
        let settings = Self.settings(shelf)
        let named = try await Cinema.post(
            #"{"documentId":"mood"}"#, accept: Answer.graphQL, settings)
        #expect(named.refusal.hasPrefix("503 SERVICE_UNAVAILABLE: The document cannot be looked"))
        let hashed = try await Cinema.post("{\(Self.extensions(Self.hash(Self.mood)))}", settings)
        #expect(hashed.refusal == "200 PERSISTED_QUERY_NOT_FOUND: PersistedQueryNotFound")
    }
}

/// A shelf of documents by name.
@EventLoop private final class Shelf: DocumentShelf {
    var documents: [String: String]
    var isBroken = false
    private(set) var lookups = 0
    private(set) var put: [[UInt8]] = []

    private struct Broken: Error {}

    init(_ documents: [String: String]) { self.documents = documents }

    private func text(_ name: DocumentName) -> String? {
        switch name {
        case .custom(let id): documents[id]
        case .hash(let hash):
            documents.values.first { SHA256Digest(of: Array($0.utf8)) == hash }
        }
    }

    func find(_ name: DocumentName) async throws -> ShelvedDocument? {
        lookups += 1
        if isBroken { throw Broken() }
        return text(name).map { ShelvedDocument(source: Array($0.utf8), isRegistered: true) }
    }

    func put(_ source: [UInt8], as hash: SHA256Digest) { put.append(source) }

    func registered(_ names: [DocumentName]) async throws -> [DocumentName: SHA256Digest] {
        if isBroken { throw Broken() }
        var hashes: [DocumentName: SHA256Digest] = [:]
        for name in names {
            if let text = text(name) { hashes[name] = SHA256Digest(of: Array(text.utf8)) }
        }
        return hashes
    }
}
