import Bytes
import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import JSON
import Reactor

/// The data behind a schema: resolvers for each request.
@EventLoop protocol Program {
    nonisolated var roads: any FieldRoads { get }
    func begin() -> (resolvers: any Resolvers, root: Int32)
}

struct ParseWork: Work {
    let source: [UInt8]

    func run() throws -> Int { try Document.parse(source).records.count }

    func answer() throws -> String {
        var line = ByteBuffer()
        line.append(json: try Document.parse(source).printed)
        return String(decoding: line.array(), as: UTF8.self)
    }
}

struct ValidateWork: Work {
    let document: Document
    let schema: Schema
    private let options: ValidationOptions

    init(document: Document, schema: Schema) {
        self.document = document
        self.schema = schema
        var options = ValidationOptions()
        options.limits = nil
        self.options = options
    }

    func run() -> Int { 1 + validate(document, against: schema, options: options).count }

    func answer() -> String {
        let errors = validate(document, against: schema, options: options)
        return Response(requestErrors: errors).text
    }
}

/// Executes a plan.
struct ExecuteWork: Work {
    let plan: Plan
    let program: any Program
    let variables: VariableValues

    func run() async -> Int { await response().bytes.count }
    func answer() async -> String { await response().text }

    @inline(__always) private func response() async -> Response {
        let (resolvers, root) = program.begin()
        return await Executor.execute(
            plan, root: root, resolvers: resolvers, variables: variables)
    }
}

/// A request as a server sees it, to an operation that it knows.
struct RequestWork: Work {
    let source: [UInt8]
    let program: any Program
    let variables: JSONValue?
    let cache: PlanCache

    func run() async throws -> Int { try await response().bytes.count }
    func answer() async throws -> String { try await response().text }

    @inline(__always) private func response() async throws -> Response {
        let plan = try cache.plan(for: source)
        let values = try VariableValues.coerce(variables, for: plan)
        let (resolvers, root) = program.begin()
        return await Executor.execute(plan, root: root, resolvers: resolvers, variables: values)
    }
}

/// Parses, validates and compiles.
struct PrepareWork: Work {
    let source: [UInt8]
    let schema: Schema
    let options: PlanOptions

    func run() throws -> Int { try options.plan(for: source, nil, schema).byteCount }
    func answer() throws -> String { "\(try run())" }
}

/// A request to an operation that is new, and is refused or answered.
struct FirstRequestWork: Work {
    let source: [UInt8]
    let schema: Schema
    let program: any Program
    let options: PlanOptions

    func run() async -> Int { await response().bytes.count }
    func answer() async -> String { await response().text }

    private func response() async -> Response {
        do throws(GraphQLErrors) {
            let plan = try options.plan(for: source, nil, schema)
            let values = try VariableValues.coerce(nil, for: plan)
            let (resolvers, root) = program.begin()
            return await Executor.execute(plan, root: root, resolvers: resolvers, variables: values)
        } catch {
            return Response(requestErrors: error.errors)
        }
    }
}

extension Response {
    var text: String { String(decoding: bytes.array(), as: UTF8.self) }
}
