import GraphQLExecution
import GraphQLHTTP
import GraphQLTypes
import GraphQLValidation
import HTTP
import Reactor
import Telemetry
import TestSupport

/// An endpoint whose field `act` does what a test says, and whose field `load` is loaded.
@EventLoop final class Scripted: Resolvers {
    static let schema = "type Query { act: Int load: Int }"

    let loaders = LoaderSet()
    private let act: @EventLoop () async throws -> Int
    private lazy var numbers =
        loaders.makeLoader("numbers") { batch in
            for key in batch.keys { batch.answer(key, with: key) }
        } as Loader<Int, Int>

    private init(_ act: @escaping @EventLoop () async throws -> Int) { self.act = act }

    static func handler(
        _ settings: GraphQLEndpointSettings = GraphQLEndpointSettings(),
        logger: Logger = Cinema.quiet, _ act: @escaping @EventLoop () async throws -> Int
    ) throws -> Handler {
        Cinema.handler(try endpoint(settings, logger: logger, begin: { _ in }, act))
    }

    /// `begin` is told of each operation's trace, if there is one.
    static func endpoint(
        _ settings: GraphQLEndpointSettings = GraphQLEndpointSettings(),
        logger: Logger = Cinema.quiet, begin: @escaping @EventLoop (ExecutionTrace?) -> Void,
        _ act: @escaping @EventLoop () async throws -> Int
    ) throws -> GraphQLEndpoint {
        var options = EngineOptions()
        options.planning.roads = Roads()
        let engine = Engine(try Schema.checked(schema), options: options)
        return GraphQLEndpoint(engine, settings: settings, logger: logger) { _, _, _, trace in
            begin(trace)
            return GraphQLAnswerer(Scripted(act))
        }
    }

    private struct Roads: FieldRoads {
        func road(of field: FieldID, in schema: Schema) -> FieldRoad {
            schema.name(of: field) == "act" ? .asynchronous : .resolved
        }
    }

    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) -> Bool { false }

    func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes
    ) {
        for _ in rows { outcomes.load(numbers[7].reference) }
    }

    func finish(
        _ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>,
        in execution: Execution, into outcomes: inout Outcomes
    ) {
        for load in loads { outcomes.add(Result { try numbers.value(load.slot) ?? 0 }) }
    }

    func resolve(
        root field: PlannedField, of row: Int32, in execution: Execution,
        into outcomes: inout Outcomes
    ) async {
        do { outcomes.add(.success(try await act())) } catch { outcomes.fail(error) }
    }
}

extension Outcomes {
    @EventLoop fileprivate mutating func add(_ number: Result<Int, any Error>) {
        switch number {
        case .success(let number):
            leaf { response in
                response.append(number)
                return true
            }
        case .failure(let error): fail(error)
        }
    }
}
