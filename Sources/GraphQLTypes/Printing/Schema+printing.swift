import GraphQLLanguage

extension Schema {
    /// The schema as a document in the usual form: what the specification defines in every schema,
    /// and directives that the schema's own parts are marked with, are left out.
    public var printed: String {
        var printer = SchemaPrinter(self)
        printer.write {
            !$0
        } types: {
            !$0.isIntrospection && $0.builtInScalar == nil
        }
        return printer.output
    }

    /// The directives of the specification and the types of introspection as a document.
    public var printedIntrospection: String {
        var printer = SchemaPrinter(self)
        printer.write {
            $0
        } types: {
            $0.isIntrospection
        }
        return printer.output
    }
}

/// Writes a schema as source text.
struct SchemaPrinter {
    let schema: Schema
    var output = ""

    init(_ schema: Schema) { self.schema = schema }

    /// `directives` is asked with whether the specification has one of the name.
    mutating func write(
        directives: (Bool) -> Bool, types: (TypeRecord) -> Bool
    ) {
        writeSchemaDefinition()
        let specified = Set(BuiltIns.directiveNames)
        for directive in schema.directives
        where directives(specified.contains(schema.name(of: directive))) {
            write(directive)
        }
        for type in schema.types where types(schema[type]) { write(type) }
    }

    private mutating func beginDefinition(description: String?) {
        if !output.isEmpty { output += "\n\n" }
        write(description: description, indentation: 0)
    }

    private mutating func writeSchemaDefinition() {
        let roots: [(name: StaticString, usual: String, type: TypeID?)] = [
            ("query", "Query", schema.queryType), ("mutation", "Mutation", schema.mutationType),
            ("subscription", "Subscription", schema.subscriptionType),
        ]
        let isUsual = roots.allSatisfy { root in
            root.type.map { schema.name(of: $0) == root.usual } ?? true
        }
        guard !isUsual || schema.description != nil else { return }
        beginDefinition(description: schema.description)
        output += "schema {\n"
        for root in roots {
            if let type = root.type { output += "  \(root.name): \(schema.name(of: type))\n" }
        }
        output += "}"
    }

    private mutating func write(_ directive: DirectiveID) {
        beginDefinition(description: schema.description(of: directive))
        output += "directive @" + schema.name(of: directive)
        write(arguments: schema[directive].arguments, indentation: 0)
        if schema[directive].isRepeatable { output += " repeatable" }
        let places = schema.definition(of: directive).locations.map(\.name.text)
        output += " on " + places.joined(separator: " | ")
    }
}

/// Types.
extension SchemaPrinter {
    private mutating func write(_ type: TypeID) {
        beginDefinition(description: schema.description(of: type))
        let name = schema.name(of: type)
        switch schema[type].kind {
        case .scalar:
            output += "scalar " + name
            if let url = schema.specifiedByURL(of: type) {
                output += " @specifiedBy(url: \(url.quotedLiteral))"
            }
        case .object, .interface:
            output += (schema[type].kind == .object ? "type " : "interface ") + name
            names(schema.interfaces(of: type), after: " implements ", separator: " & ")
            writeFields(of: type)
        case .union:
            output += "union " + name
            names(schema.members(of: type), after: " = ", separator: " | ")
        case .enum:
            output += "enum " + name
            writeValues(of: type)
        case .inputObject:
            output += "input " + name + (schema[type].isOneOf ? " @oneOf" : "")
            writeInputFields(of: type)
        }
    }

    private mutating func names(
        _ types: ArraySlice<TypeID>, after start: String, separator: String
    ) {
        guard !types.isEmpty else { return }
        output += start + types.map { schema.name(of: $0) }.joined(separator: separator)
    }

    private mutating func writeFields(of type: TypeID) {
        let schema = schema
        writeBlock(schema[type].fields, description: schema.description(of:)) { printer, field in
            printer.output += schema.name(of: field)
            printer.write(arguments: schema[field].arguments, indentation: 1)
            printer.output += ": " + schema.text(of: schema[field].type)
            printer.write(deprecation: schema.deprecationReason(of: field))
        }
    }

    private mutating func writeValues(of type: TypeID) {
        let schema = schema
        writeBlock(schema[type].enumValues, description: schema.description(of:)) {
            printer, value in
            printer.output += schema.name(of: value)
            printer.write(deprecation: schema.deprecationReason(of: value))
        }
    }

    private mutating func writeInputFields(of type: TypeID) {
        writeBlock(schema[type].inputFields, description: schema.description(of:)) {
            printer, input in
            printer.write(input)
        }
    }

    private mutating func writeBlock<ID>(
        _ items: IDRange<ID>, description: (ID) -> String?, item write: (inout Self, ID) -> Void
    ) {
        guard !items.isEmpty else { return }
        output += " {\n"
        for (index, item) in items.enumerated() {
            writeItem(isFirst: index == 0, description: description(item), indentation: 1)
            write(&self, item)
            output += "\n"
        }
        output += "}"
    }

    /// What is described stands apart from what is before it.
    private mutating func writeItem(isFirst: Bool, description: String?, indentation: Int) {
        if !isFirst, description != nil { output += "\n" }
        write(description: description, indentation: indentation)
        indent(indentation)
    }
}

/// Parts of definitions.
extension SchemaPrinter {
    private mutating func write(arguments: IDRange<InputID>, indentation: Int) {
        guard !arguments.isEmpty else { return }
        guard arguments.contains(where: { schema.description(of: $0)?.isEmpty == false }) else {
            output += "("
            for (index, argument) in arguments.enumerated() {
                if index > 0 { output += ", " }
                write(argument)
            }
            return output += ")"
        }
        output += "(\n"
        for (index, argument) in arguments.enumerated() {
            let description = schema.description(of: argument)
            writeItem(
                isFirst: index == 0, description: description, indentation: indentation + 1)
            write(argument)
            output += "\n"
        }
        indent(indentation)
        output += ")"
    }

    private mutating func write(_ input: InputID) {
        output += schema.name(of: input) + ": " + schema.text(of: schema[input].type)
        if let text = schema.defaultText(of: input) { output += " = " + text }
        write(deprecation: schema.deprecationReason(of: input))
    }

    private mutating func write(deprecation reason: String?) {
        guard let reason else { return }
        output += " @deprecated"
        guard reason != Schema.defaultDeprecationReason else { return }
        output += "(reason: \(reason.quotedLiteral))"
    }

    private mutating func write(description: String?, indentation: Int) {
        guard let description else { return }
        indent(indentation)
        output +=
            description.canBeBlock
            ? description.blockLiteral(indentation: indentation) : description.quotedLiteral
        output += "\n"
    }

    private mutating func indent(_ level: Int) {
        output += String(repeating: "  ", count: level)
    }
}
