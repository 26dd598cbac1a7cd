import GraphQLLanguage
import GraphQLTypes

/// What fields need besides their object, as the file next to the schema says.
///
/// The schema is a contract with clients, who need not know which fields cost a look-up:
/// ```
/// # One coordinate a line.
/// Movie.reviews            answers with a load
/// Account.email context    is given the request's context
/// ```
struct FieldNeeds {
    enum Need { case load, context }

    private(set) var needs: [FieldID: Need] = [:]
    private(set) var errors: [GenerationError] = []
    private let schema: Schema
    private let path: String

    init(_ file: SourceFile?, of schema: Schema) {
        self.schema = schema
        path = file?.path ?? ""
        let lines = (file?.bytes ?? []).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() { read(line, number: index + 1) }
    }

    private mutating func read(_ line: ArraySlice<UInt8>, number: Int) {
        let line = line.prefix { $0 != UInt8(ascii: "#") }
        let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        guard let first = words.first else { return }
        func place(_ word: ArraySlice<UInt8>) -> SourceLocation {
            SourceLocation(line: number, column: word.startIndex - line.startIndex + 1)
        }
        let coordinate = String(decoding: first, as: UTF8.self)
        guard let field = field(coordinate, at: place(first)) else { return }
        var need = Need.load
        if words.count > 1 {
            let word = String(decoding: words[1], as: UTF8.self)
            guard word == "context", words.count == 2 else {
                return fail("Expected \"context\" or nothing, found \"\(word)\".", place(words[1]))
            }
            need = .context
        }
        check(field, coordinate, need, at: place(first))
    }

    private mutating func check(
        _ field: FieldID, _ coordinate: String, _ need: Need, at place: SourceLocation
    ) {
        let parent = schema[field].parent
        guard needs[field] == nil else { return fail("\(coordinate) is listed twice.", place) }
        if parent == schema.subscriptionType {
            return fail("\(coordinate) is a stream of events; it needs nothing more.", place)
        }
        let isRoot = parent == schema.queryType || parent == schema.mutationType
        if need == .context, isRoot || !schema[field].arguments.isEmpty {
            return fail("\(coordinate) is given the context without asking.", place)
        }
        needs[field] = need
    }

    private mutating func field(_ coordinate: String, at place: SourceLocation) -> FieldID? {
        guard let parsed = try? SchemaCoordinate.parse(coordinate),
            case .member(let typeName, let fieldName) = parsed
        else {
            fail("Expected a field such as Movie.reviews, found \"\(coordinate)\".", place)
            return nil
        }
        guard let type = schema.type(named: typeName) else {
            let names = schema.types.lazy.filter { [schema] in schema[$0].kind == .object }
                .map { [schema] in schema.name(of: $0) }
            let similar = Suggestions.similar(to: typeName, among: names)
            fail("Unknown type \"\(typeName)\".\(Suggestions.sentence(similar))", place)
            return nil
        }
        guard schema[type].kind == .object else {
            fail("\(typeName) is no object type: list the fields of object types.", place)
            return nil
        }
        guard let name = schema.names.find(fieldName), let field = schema.field(name, of: type)
        else {
            let names = schema[type].fields.lazy.map { [schema] in schema.name(of: $0) }
            let similar = Suggestions.similar(to: fieldName, among: names)
            fail(
                """
                Cannot find field "\(fieldName)" on type "\(typeName)".\
                \(Suggestions.sentence(similar))
                """, place)
            return nil
        }
        return field
    }

    private mutating func fail(_ message: String, _ place: SourceLocation) {
        errors.append(GenerationError(message, at: place, in: path))
    }
}
