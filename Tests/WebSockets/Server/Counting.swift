import GraphQLExecution
import GraphQLHTTP
import GraphQLTypes
import GraphQLValidation
import GraphQLWebSocket
import HTTP
import JSON
import Reactor
import Telemetry
import WebSocket

/// A schema that counts.
@EventLoop final class Counting: SubscriptionResolvers {
    private static let schema = """
        type Query { one: Int }
        type Mutation { one: Int }
        type Subscription { count(to: Int!): Int }
        """

    let loaders = LoaderSet()

    static func add(to router: inout Router) throws {
        let engine = Engine(try Schema.checked(schema))
        let logger = Logger(LogSettings(level: .error))
        let socket = GraphQLSocket(
            engine, on: WebSocketServer(), settings: GraphQLSocketSettings(), logger: logger
        ) { _, payload in
            let isForbidden: Bool? = payload?["forbidden"]?.booleanValue
            return isForbidden == true ? nil : Session { _, _, _ in GraphQLAnswerer(Counting()) }
        }
        var settings = GraphQLEndpointSettings()
        settings.upgrade = { request throws(Refusal) in try socket.respond(to: request) }
        GraphQLEndpoint(engine, settings: settings, logger: logger) { _, _, _, _ in
            GraphQLAnswerer(Counting())
        }
        .add(to: &router, at: "/graphql")
    }

    /// Roots of queries and mutations are one, those of subscriptions their number.
    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) -> Bool {
        response.append(max(1, Int(row)))
        return true
    }

    func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes
    ) { for _ in rows { outcomes.null() } }

    func finish(
        _ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>,
        in execution: Execution, into outcomes: inout Outcomes
    ) {}

    func resolve(
        root field: PlannedField, of row: Int32, in execution: Execution,
        into outcomes: inout Outcomes
    ) async { outcomes.null() }

    func subscribe(
        to field: PlannedField, of row: Int32, in execution: Execution
    ) async throws -> any EventStream {
        guard case .int(let last)? = execution.arguments(of: field)[0] else {
            throw GraphQLError("there is nothing to count")
        }
        let numbers = AsyncStream<Int32> { stream in
            for number in stride(from: 1, through: Int32(clamping: last), by: 1) {
                stream.yield(number)
            }
            stream.finish()
        }
        return SequencedEvents(numbers) { Event(resolvers: Counting(), root: $0) }
    }
}
