import GraphQLExecution
import GraphQLTypes
import GraphQLValidation
import Reactor
import TestSupport

/// Fields whose values come when a test says so.
@EventLoop final class Stage: SubscriptionResolvers {
    static let schema = """
        type Query { one: Int, wait: Int, broken: Int!, echo(text: String!): String }
        type Mutation { add(number: Int!): Int }
        type Subscription { ticks: Int, refused: Int, slow: Int }
        """

    let loaders = LoaderSet()
    private let script: Script

    init(_ script: Script) { self.script = script }

    struct Roads: FieldRoads {
        func road(of field: FieldID, in schema: Schema) -> FieldRoad {
            schema.name(of: schema[field].parent) == "Subscription" ? .written : .asynchronous
        }
    }

    private func name(_ field: PlannedField, _ execution: Execution) -> String {
        execution.plan.schema.name(of: field.field)
    }

    /// The event is the number itself; thirteen brings bad luck.
    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool {
        if row == 13 { throw GraphQLError("bad luck") }
        response.append(Int(row))
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
    ) async {
        switch name(field, execution) {
        case "wait":
            script.record.add("wait")
            do {
                try await EventLoop.sleep(milliseconds: script.waitMilliseconds)
                outcomes.add(1)
            } catch {
                script.record.add("cancelled")
                outcomes.fail(error)
            }
        case "broken": outcomes.fail(GraphQLError("it is broken"))
        case "echo":
            guard case .string(let text)? = execution.arguments(of: field)[0] else { return }
            outcomes.leaf { response in
                response.append(text)
                return true
            }
        default: outcomes.add(1)
        }
    }

    func subscribe(
        to field: PlannedField, of row: Int32, in execution: Execution
    ) async throws -> any EventStream {
        switch name(field, execution) {
        case "refused": throw GraphQLError("not today")
        case "slow": try await EventLoop.sleep(milliseconds: script.waitMilliseconds)
        default: break
        }
        let ticks = Ticks(script)
        script.ticks.append(ticks)
        return ticks
    }
}

extension Outcomes {
    @EventLoop fileprivate mutating func add(_ number: Int) {
        leaf { response in
            response.append(number)
            return true
        }
    }
}

/// What a test decides and learns.
@EventLoop final class Script {
    let record = Record()
    var waitMilliseconds: UInt64 = 60_000
    /// The streams of the subscriptions, in the order in which they began.
    var ticks: [Ticks] = []

    nonisolated init() {}

    func set(waitMilliseconds: UInt64) { self.waitMilliseconds = waitMilliseconds }
}

/// Events that a test sends.
@EventLoop final class Ticks: EventStream {
    private let script: Script
    private var numbers: [Int32] = []
    private var end: Result<Void, any Error>?
    private var waiter: UnsafeContinuation<Void, Never>?
    private(set) var isCancelled = false
    private var takenMilliseconds = EventLoop.nowMilliseconds

    /// Events that nobody has asked for yet, and that for a while.
    var remaining: Int { numbers.count }
    var waitsToBeRead: Bool {
        !numbers.isEmpty && EventLoop.nowMilliseconds > takenMilliseconds + 200
    }

    init(_ script: Script) { self.script = script }

    func send(_ numbers: Int32...) {
        self.numbers += numbers
        wake()
    }

    func finish(_ end: Result<Void, any Error> = .success(())) {
        self.end = end
        wake()
    }

    func cancel() {
        isCancelled = true
        wake()
    }

    func next() async throws -> Event? {
        while true {
            if isCancelled { return nil }
            if !numbers.isEmpty {
                takenMilliseconds = EventLoop.nowMilliseconds
                return Event(resolvers: Stage(script), root: numbers.removeFirst())
            }
            if let end {
                try end.get()
                return nil
            }
            await withUnsafeContinuation { waiter = $0 }
        }
    }

    private func wake() {
        waiter?.resume()
        waiter = nil
    }
}
