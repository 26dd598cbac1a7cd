import GraphQLLanguage
import GraphQLTypes

/// The whole generated file.
extension ResolverModel {
    /// Swift code that asks for a resolver of each field and calls it.
    package func generate() -> String {
        var text = SwiftText()
        text.line("// Generated from schema.graphql at every build.")
        text.lines([
            "import GraphQLExecution", "import GraphQLLanguage", "import GraphQLTypes",
            "import Reactor",
        ])
        for type in types(.object) { writeProtocol(type, &text) }
        for type in types(.enum) { writeEnum(type, &text) }
        for type in types(.inputObject) { writeInput(type, &text) }
        for type in types(.interface) + types(.union) { writeAbstract(type, &text) }
        if schema.subscriptionType != nil { writeEvents(&text) }
        writeResolvers(&text)
        writeFieldNumbers(&text)
        writeRoads(&text)
        writeSchema(&text)
        return text.text
    }

    /// ```swift
    /// protocol MovieFields {
    ///     var title: String { get throws }
    /// }
    /// ```
    private func writeProtocol(_ type: TypeID, _ text: inout SwiftText) {
        let name = schema.name(of: type)
        let isolation = isRoot(type) ? "@EventLoop " : ""
        text.line()
        text.line("/// What `schema.graphql` says of \(name).")
        text.block("\(isolation)protocol \(name)Fields") { text in
            if isRoot(type) { text.line("init()", asOf: path, lineNumber: line(of: type)) }
            for field in schema[type].fields {
                text.line(requirement(field), asOf: path, lineNumber: line(of: field))
            }
        }
    }

    /// ```swift
    /// enum GeneratedFields { enum Movie: Int32 { case title = 18 } }
    /// ```
    private func writeFieldNumbers(_ text: inout SwiftText) {
        text.line()
        text.line("/// The numbers of fields, which plans tell what is selected by.")
        text.block("enum GeneratedFields") { text in
            for type in types(.object) {
                text.block("enum \(schema.name(of: type)): Int32, CaseIterable") { text in
                    for field in schema[type].fields {
                        let name = SwiftName.member(schema.name(of: field))
                        text.line("case \(name) = \(field.rawValue)")
                    }
                }
            }
        }
    }

    /// Which road each field takes; what is not listed is written.
    private func writeRoads(_ text: inout SwiftText) {
        let fields = types(.object).flatMap { Array(schema[$0].fields) }
        text.line()
        text.block("struct GeneratedRoads: FieldRoads") { text in
            text.block("func road(of field: FieldID, in schema: Schema) -> FieldRoad") { text in
                text.line("switch field.rawValue {")
                for road in [GraphQLRoad.resolved, .asynchronous] {
                    let numbers = fields.filter { self.road(of: $0) == road }.map(\.rawValue)
                    guard !numbers.isEmpty else { continue }
                    let list = numbers.map { "\($0)" }.joined(separator: ", ")
                    text.line("case \(list): .\(road.rawValue)")
                }
                text.line("default: .written")
                text.line("}")
            }
        }
    }

    /// The text that the numbers of fields belong to. The lines of the literal begin in the first
    /// column, as they do in the schema.
    private func writeSchema(_ text: inout SwiftText) {
        let source = String(decoding: schema.document.source, as: UTF8.self)
        text.line()
        text.block("enum GeneratedSchema") { text in
            text.line("static let text = schemaText")
            text.line()
            text.block("static func build() throws -> Schema") { text in
                text.line("let schema = try Schema(building: Document.parse(text))")
                text.line(
                    "precondition(schema.fieldCount == \(schema.fieldCount), "
                        + "\"fields have the numbers they had when resolvers were generated\")")
                text.line("return schema")
            }
        }
        text.line()
        text.line("private let schemaText = " + SwiftText.longLiteral(source))
    }
}
