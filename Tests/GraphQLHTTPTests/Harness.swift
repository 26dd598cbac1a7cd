import Bytes
import GraphQLExecution
import GraphQLHTTP
import GraphQLTypes
import GraphQLValidation
import HTTP
import JSON
import Reactor
import Telemetry
import TestSupport

/// A small cinema at `/graphql`, and requests to it.
enum Cinema {
    static let schema = """
        type Query {
          film(id: ID, year: Int): Film
          mood: Mood
          broken: String!
        }
        type Film { title: String!, next: Film, rating(scale: Scale): Int }
        type Mutation { rate(stars: Int!): Film }
        type Subscription { rated: Film }
        enum Scale { FIVE TEN }
        enum Mood { CHEERFUL GLOOMY }
        """
    static let data = """
        {"film":{"title":"Heat","next":{"title":"Ronin"},"rating":5},"mood":"CHEERFUL",\
        "rate":{"title":"Heat","rating":4}}
        """

    @EventLoop static func endpoint(
        _ settings: GraphQLEndpointSettings = GraphQLEndpointSettings(),
        options: EngineOptions = EngineOptions(), logger: Logger = quiet
    ) throws -> GraphQLEndpoint {
        let engine = Engine(try Schema.checked(schema), options: options)
        let data = try JSONDocument.parse(Array(data.utf8)).root
        return GraphQLEndpoint(engine, settings: settings, logger: logger) { _, _, _, _ in
            GraphQLAnswerer(JSONResolvers(engine.schema, data: data))
        }
    }

    static let quiet = Logger(LogSettings(level: .error))

    /// The routes of a server, with its usual middleware.
    @EventLoop static func handler(_ endpoint: GraphQLEndpoint) -> Handler {
        var router = Router()
        endpoint.add(to: &router, at: "/graphql")
        return standardStack(StackSettings(), logger: quiet, handler: router.handler)
    }

    /// Answers the request that `text` writes, without a socket.
    @EventLoop static func answer(
        _ text: String, _ settings: GraphQLEndpointSettings = GraphQLEndpointSettings(),
        options: EngineOptions = EngineOptions(), maximumBodyBytes: UInt64 = 65_536
    ) async throws -> Answer {
        let request = try Request.parsing(text, maximumBodyBytes: maximumBodyBytes)
        let response = try await handler(try endpoint(settings, options: options))(request)
        return Answer(
            status: Int(response.status.rawValue), type: response.field("content-type"),
            response: response, text: try await response.text())
    }

    /// Posts `body` as JSON. Without `accept` there is no such field.
    @EventLoop static func post(
        _ body: String, accept: String? = nil, type: String? = "application/json",
        _ settings: GraphQLEndpointSettings = GraphQLEndpointSettings(),
        options: EngineOptions = EngineOptions()
    ) async throws -> Answer {
        let fields =
            (accept.map { "Accept: \($0)\n" } ?? "") + (type.map { "Content-Type: \($0)\n" } ?? "")
        return try await answer(
            "POST /graphql HTTP/1.1\n\(fields)Content-Length: \(body.utf8.count)\n\n\(body)",
            settings, options: options)
    }

    @EventLoop static func get(
        _ query: String, accept: String? = nil,
        _ settings: GraphQLEndpointSettings = GraphQLEndpointSettings()
    ) async throws -> Answer {
        let field = accept.map { "Accept: \($0)\n" } ?? ""
        return try await answer("GET /graphql?\(query) HTTP/1.1\n\(field)\n", settings)
    }
}

struct Answer {
    static let json = "application/json"
    static let graphQL = "application/graphql-response+json"

    let status: Int
    let type: String?
    let response: HTTP.Response
    let text: String

    /// The media type without its charset.
    var mediaType: String? { type.map { String($0.prefix { $0 != ";" }) } }

    var body: JSONValue? { try? JSONDocument.parse(Array(text.utf8)).root }
    var data: JSONValue? { body?["data"] }

    var errors: [JSONValue] { body?["errors"].map { Array($0.elements) } ?? [] }

    /// Status, code and message of the first error.
    var refusal: String {
        let (extensions, message) = (errors.first?["extensions"], errors.first?["message"])
        let code: String = extensions?["code"]?.stringValue ?? "-"
        let text: String = message?.stringValue ?? "-"
        return "\(status) \(code): \(text)"
    }
}
