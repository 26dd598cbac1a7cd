import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import JSON
import Reactor

/// What is measured: something that can be done again and again.
@EventLoop protocol Work {
    /// Does it once. Returns a number that depends on it and is not zero.
    func run() async throws -> Int
    /// What comes of it, as a line of JSON that the other side's must equal.
    func answer() async throws -> String
}

/// The rows that `rows.json` lists, made ready when they are first asked for.
@EventLoop final class Rows {
    private let folder: Folder
    private let list: JSONValue
    private var works: [String: any Work] = [:]
    private var schemas: [String: Schema] = [:]
    private var catalogue: Catalogue?

    init(folder: Folder) throws {
        self.folder = folder
        list = try folder.json("rows.json")
    }

    func work(_ name: String) throws -> any Work {
        if let work = works[name] { return work }
        guard let row = list[name] else { throw BenchFault("there is no row \(name)") }
        let work = try makeWork(row)
        works[name] = work
        return work
    }

    private func makeWork(_ row: JSONValue) throws -> any Work {
        let source = try folder.bytes(text(row, "document"))
        switch try text(row, "work") {
        case "parse": return ParseWork(source: source)
        case "validate":
            return ValidateWork(
                document: try Document.parse(source), schema: try schema(text(row, "schema")))
        case "execute":
            let (schema, program) = try schemaAndProgram(row)
            let plan = try PlanOptions.unlimited(program.roads).plan(for: source, nil, schema)
            return ExecuteWork(
                plan: plan, program: program,
                variables: try VariableValues.coerce(row["variables"], for: plan))
        case "request":
            let (schema, program) = try schemaAndProgram(row)
            return RequestWork(
                source: source, program: program, variables: row["variables"],
                cache: PlanCache(schema, options: .unlimited(program.roads)))
        case "prepare":
            let (schema, program) = try schemaAndProgram(row)
            return PrepareWork(
                source: source, schema: schema, options: .unlimited(program.roads))
        case "first":
            let (schema, program) = try schemaAndProgram(row)
            return FirstRequestWork(
                source: source, schema: schema, program: program,
                options: .limited(program.roads))
        case let other: throw BenchFault("unknown work: \(other)")
        }
    }

    private func text(_ row: JSONValue, _ key: String) throws(BenchFault) -> String {
        guard let text = row[key]?.stringValue else { throw BenchFault("a row lacks \(key)") }
        return text
    }

    private func schema(_ name: String) throws -> Schema {
        if let schema = schemas[name] { return schema }
        let schema = try Schema.checked(Document.parse(folder.bytes(name)))
        schemas[name] = schema
        return schema
    }

    private func schemaAndProgram(_ row: JSONValue) throws -> (Schema, any Program) {
        let schema = try schema(text(row, "schema"))
        switch try text(row, "program") {
        case "catalogue": return (schema, CatalogueProgram(catalogue: try knownCatalogue(schema)))
        case "json":
            return (schema, JSONProgram(schema: schema, data: try folder.json("plain.json")))
        case "wide": return (schema, WideProgram())
        case let other: throw BenchFault("unknown program: \(other)")
        }
    }

    private func knownCatalogue(_ schema: Schema) throws -> Catalogue {
        if let catalogue { return catalogue }
        let made = try Catalogue(folder.json("catalogue.json"), schema)
        catalogue = made
        return made
    }
}

extension PlanOptions {
    /// As a server has them.
    static func limited(_ roads: any FieldRoads) -> PlanOptions {
        var options = PlanOptions()
        options.roads = roads
        return options
    }

    /// Without limits: rows of a hundred times the size would be refused.
    static func unlimited(_ roads: any FieldRoads) -> PlanOptions {
        var options = PlanOptions()
        options.roads = roads
        options.validation.limits = nil
        return options
    }
}
