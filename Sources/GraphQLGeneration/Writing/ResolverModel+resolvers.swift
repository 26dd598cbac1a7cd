import GraphQLTypes

/// The class that the executor asks.
extension ResolverModel {
    func writeResolvers(_ text: inout SwiftText) {
        text.line()
        text.line("/// Answers the executor for one request.")
        text.block("@EventLoop final class GeneratedResolvers: Resolvers") { text in
            text.line("let context: RequestContext")
            text.line("var loaders: LoaderSet { context.loaders }")
            for type in types(.object) where type != schema.subscriptionType {
                let name = schema.name(of: type)
                text.line(
                    "@exclusivity(unchecked) fileprivate var \(rows(type)) = "
                        + "rowsOf\(name)(\(name).self)",
                    asOf: path, lineNumber: line(of: type))
            }
            if schema.subscriptionType != nil {
                text.line(
                    "@exclusivity(unchecked) fileprivate var events = "
                        + "OwnedColumn<SubscriptionEvent>()")
            }
            text.line()
            text.line("init(context: RequestContext) { self.context = context }")
            text.line()
            writeWrite(&text)
            text.line()
            writeResolve(&text)
            text.line()
            writeFinish(&text)
            text.line()
            writeResolveRoot(&text)
        }
        for type in types(.object) { writeRows(type, &text) }
        for type in types(.object) { writeLeaves(type, &text) }
        text.line()
        text.block("extension GeneratedResolvers") { text in
            for type in types(.object) { writeObject(type, &text) }
            for type in types(.interface) + types(.union) { writeAdd(type, &text) }
            for field in fields where road(of: field) != .written { writeResolver(field, &text) }
            for field in fields where form(of: field) == .load { writeFinisher(field, &text) }
            if schema.subscriptionType != nil { writeEventRow(&text) }
        }
        if schema.subscriptionType != nil { writeSource(&text) }
    }

    private var fields: [FieldID] { types(.object).flatMap { Array(schema[$0].fields) } }

    func rows(_ type: TypeID) -> String {
        SwiftName.lowerCamelCase(schema.name(of: type)) + "Rows"
    }

    /// A type without its protocol is reported here, at its line of the schema.
    private func writeRows(_ type: TypeID, _ text: inout SwiftText) {
        guard type != schema.subscriptionType else { return }
        let name = schema.name(of: type)
        text.line()
        text.block(
            "@EventLoop private func rowsOf\(name)<Object: \(name)Fields>(_: Object.Type) "
                + "-> OwnedColumn<Object>"
        ) { text in
            guard isRoot(type) else { return text.line("OwnedColumn()") }
            text.line("var rows = OwnedColumn<Object>()")
            text.line("_ = rows.append(Object())")
            text.line("return rows")
        }
    }

    /// The object of a row, by its protocol alone. It is a copy, as calling it may add rows.
    private func writeObject(_ type: TypeID, _ text: inout SwiftText) {
        guard type != schema.subscriptionType else { return }
        text.line(
            "private func \(object(type))(_ row: Int32) -> some \(schema.name(of: type))Fields "
                + "{ \(rows(type))[row] }")
    }

    func object(_ type: TypeID) -> String {
        SwiftName.lowerCamelCase(schema.name(of: type)) + "Object"
    }

    /// The first switch is over types, the second over the fields of one.
    private func writeWrite(_ text: inout SwiftText) {
        text.block(
            "func write(_ field: PlannedField, of row: Int32, in execution: Execution, "
                + "into response: inout ResponseWriter) throws -> Bool"
        ) { text in
            text.line("switch field.parent.rawValue {")
            for type in types(.object) where hasLeaves(type) {
                text.line(
                    "case \(type.rawValue): return try \(rows(type)).writeLeaf("
                        + "field, of: row, in: context, execution, into: &response)")
            }
            text.line("default: preconditionFailure(\"the type has leaves\")")
            text.line("}")
        }
    }

    private func hasLeaves(_ type: TypeID) -> Bool {
        schema[type].fields.contains { road(of: $0) == .written }
    }

    private func writeLeaves(_ type: TypeID, _ text: inout SwiftText) {
        guard hasLeaves(type) else { return }
        text.line()
        text.block("extension OwnedColumn where Element: \(schema.name(of: type))Fields") { text in
            text.block(
                "@EventLoop fileprivate func writeLeaf(_ field: PlannedField, of row: Int32, "
                    + "in context: RequestContext, _ execution: Execution, "
                    + "into response: inout ResponseWriter) throws -> Bool"
            ) { text in
                text.line("switch field.field.rawValue {")
                for field in schema[type].fields where road(of: field) == .written {
                    text.line("case \(field.rawValue):")
                    if !schema[field].arguments.isEmpty {
                        text.line(
                            "let arguments = FieldArguments(execution.arguments(of: field))")
                    }
                    writeArgumentValues(of: field, &text)
                    text.line("return try response.write(\(call(field, on: "self[row]")))")
                }
                text.line("default: preconditionFailure(\"the field is written\")")
                text.line("}")
            }
        }
    }

    private func writeResolve(_ text: inout SwiftText) {
        text.block(
            "func resolve(_ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, "
                + "in execution: Execution, into outcomes: inout Outcomes)"
        ) { text in
            let resolved = fields.filter { road(of: $0) == .resolved }
            guard !resolved.isEmpty else { return text.line(Self.noSuchField) }
            text.doCatch { text in
                text.line("switch field.field.rawValue {")
                for field in resolved {
                    text.line(
                        "case \(field.rawValue): try \(resolver(field))("
                            + "rows, \(argumentsIfAny(field))&outcomes)")
                }
                text.line("default: \(Self.noSuchField)")
                text.line("}")
            } otherwise: { text in
                text.line("while outcomes.count < rows.count { outcomes.fail(error) }")
            }
        }
    }

    private static var noSuchField: String { "preconditionFailure(\"the field takes this road\")" }

    private func writeFinish(_ text: inout SwiftText) {
        text.block(
            "func finish(_ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>, "
                + "in execution: Execution, into outcomes: inout Outcomes)"
        ) { text in
            let loaded = fields.filter { form(of: $0) == .load }
            guard !loaded.isEmpty else { return text.line(Self.noSuchField) }
            text.line("switch field.field.rawValue {")
            for field in loaded {
                text.line("case \(field.rawValue): \(finisher(field))(loads, &outcomes)")
            }
            text.line("default: \(Self.noSuchField)")
            text.line("}")
        }
    }

    private func writeResolveRoot(_ text: inout SwiftText) {
        text.block(
            "func resolve(root field: PlannedField, of row: Int32, in execution: Execution, "
                + "into outcomes: inout Outcomes) async"
        ) { text in
            let waiting = fields.filter { road(of: $0) == .asynchronous }
            guard !waiting.isEmpty else { return text.line(Self.noSuchField) }
            text.doCatch { text in
                text.line("switch field.field.rawValue {")
                for field in waiting {
                    text.line(
                        "case \(field.rawValue): try await \(resolver(field))("
                            + "\(object(schema[field].parent))(row), \(argumentsIfAny(field))"
                            + "&outcomes)")
                }
                text.line("default: \(Self.noSuchField)")
                text.line("}")
            } otherwise: { text in
                text.line("outcomes.fail(error)")
            }
        }
    }

    private func argumentsIfAny(_ field: FieldID) -> String {
        schema[field].arguments.isEmpty || form(of: field) == .stream
            ? "" : "FieldArguments(execution.arguments(of: field)), "
    }

    func resolver(_ field: FieldID) -> String { "resolve" + functionSuffix(field) }
    func finisher(_ field: FieldID) -> String { "finish" + functionSuffix(field) }

    private func functionSuffix(_ field: FieldID) -> String {
        "\(schema.name(of: schema[field].parent))_\(schema.name(of: field))"
    }
}
