import Bytes
import Features
import GraphQLExecution
import GraphQLTypes
import JSON
import Reactor

/// A subscription that was not begun, by the code of its first error.
struct Refused: Error, Equatable {
    let code: String
    var text = ""

    static func == (one: Refused, other: Refused) -> Bool { one.code == other.code }
}

/// The answers of a subscription.
@EventLoop final class Following {
    private let stream: ResponseStream

    init(_ stream: ResponseStream) { self.stream = stream }

    func nextText() async -> String? {
        guard let response = await stream.next() else { return nil }
        return String(decoding: response.bytes.array(), as: UTF8.self)
    }

    func cancel() { stream.cancel() }
}

extension Cinema {
    /// Begins a subscription as the endpoint does.
    func follow(
        _ document: String, _ variables: String, as caller: Caller
    ) async throws -> Following {
        var request = EngineRequest(source: Array(document.utf8))
        request.variables = try JSONDocument.parse(Array(variables.utf8)).root
        let prepared = try engine.prepare(request)
        let context = context(for: prepared, caller)
        guard
            let resolvers = Contract.resolvers(context) as? any SubscriptionResolvers
        else { throw Refused(code: "none") }
        context.beginAdmission()
        var options = ExecutionOptions()
        options.present = { Contract.error(for: $0) ?? ExecutionOptions.masked($0) }
        let start = await engine.subscribe(prepared, resolvers: resolvers, options: options)
        try await context.endAdmission()
        switch consume start {
        case .stream(let stream): return Following(stream)
        case .refused(let response):
            let bytes = response.bytes.array()
            let root = try JSONDocument.parse(bytes).root
            let errors = root["errors"].map { Array($0.elements) } ?? []
            let code: String? = errors.first?["extensions"]?["code"]?.stringValue
            throw Refused(code: code ?? "none", text: String(decoding: bytes, as: UTF8.self))
        }
    }
}
