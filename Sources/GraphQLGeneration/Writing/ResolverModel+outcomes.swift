import GraphQLTypes

/// The functions that call one resolver each and put down what it answers.
extension ResolverModel {
    func writeResolver(_ field: FieldID, _ text: inout SwiftText) {
        switch form(of: field) {
        case .asynchronous: writeWaitingResolver(field, &text)
        case .stream: writeEventResolver(field, &text)
        case .property, .function, .load: writeSetResolver(field, &text)
        }
    }

    /// Arguments are read once for all objects; an object that fails does so alone.
    private func writeSetResolver(_ field: FieldID, _ text: inout SwiftText) {
        let object = "\(self.object(schema[field].parent))(row)"
        text.line()
        text.block(
            "private func \(resolver(field))(_ rows: UnsafeBufferPointer<Int32>, "
                + "\(argumentsParameter(field))_ outcomes: inout Outcomes) throws"
        ) { text in
            writeArgumentValues(of: field, &text)
            text.block("for row in rows") { text in
                text.doCatch { text in
                    text.line(
                        "let value: \(answerType(field)) = \(call(field, on: object))")
                    let type = schema[field].type
                    if case .load = form(of: field) {
                        writeLoad(type, &text)
                    } else {
                        write("value", type, &text)
                    }
                } otherwise: { text in
                    text.line("outcomes.fail(error)")
                }
            }
        }
    }

    private func writeWaitingResolver(_ field: FieldID, _ text: inout SwiftText) {
        let name = schema.name(of: schema[field].parent)
        text.line()
        text.block(
            "private func \(resolver(field))(_ root: some \(name)Fields, "
                + "\(argumentsParameter(field))_ outcomes: inout Outcomes) async throws"
        ) { text in
            writeArgumentValues(of: field, &text)
            text.line("let value: \(answerType(field)) = \(call(field, on: "root"))")
            write("value", schema[field].type, &text)
        }
    }

    /// The event is the object; its field stands in it.
    private func writeEventResolver(_ field: FieldID, _ text: inout SwiftText) {
        let name = SwiftName.member(schema.name(of: field))
        text.line()
        text.block(
            "private func \(resolver(field))(_ rows: UnsafeBufferPointer<Int32>, "
                + "_ outcomes: inout Outcomes) throws"
        ) { text in
            text.block("for row in rows") { text in
                text.line("switch events[row] {")
                text.line("case .\(name)(let value):")
                write("value", schema[field].type, &text)
                if let root = schema.subscriptionType, schema[root].fields.count > 1 {
                    text.line("default: outcomes.null()")
                }
                text.line("}")
            }
        }
    }

    private func argumentsParameter(_ field: FieldID) -> String {
        schema[field].arguments.isEmpty ? "" : "_ arguments: FieldArguments, "
    }

    func writeArgumentValues(of field: FieldID, _ text: inout SwiftText) {
        for (place, argument) in schema[field].arguments.enumerated() {
            text.line(
                "let \(schema.name(of: argument))Argument: \(argumentType(argument)) = "
                    + "try arguments.value(\(place))")
        }
    }

    private func writeLoad(_ type: WrappedType, _ text: inout SwiftText) {
        guard !type.isNonNull else { return text.line("outcomes.load(value.reference)") }
        text.line("if let value { outcomes.load(value.reference) } else { outcomes.null() }")
    }

    /// A load that comes back without a value is null, whatever the field's type is.
    func writeFinisher(_ field: FieldID, _ text: inout SwiftText) {
        let type = schema[field].type.nullable
        text.line()
        text.block(
            "private func \(finisher(field))(_ loads: UnsafeBufferPointer<LoadReference>, "
                + "_ outcomes: inout Outcomes)"
        ) { text in
            text.line("var values = LoadedValues<\(outputType(type.nonNull))>(loaders)")
            text.block("for load in loads") { text in
                text.doCatch { text in
                    text.line("let value = try values.value(load)")
                    write("value", type, &text)
                } otherwise: { text in
                    text.line("outcomes.fail(error)")
                }
            }
        }
    }

    /// Puts down `value`, of the Swift type that belongs to `type`.
    private func write(_ value: String, _ type: WrappedType, _ text: inout SwiftText) {
        guard type.isNonNull else {
            text.ifElse("let \(value)") { text in
                write(value, type.nonNull, &text)
            } otherwise: { text in
                text.line("outcomes.null()")
            }
            return
        }
        if let item = type.item {
            text.line("outcomes.beginList()")
            text.block("for \(value) in \(value)") { text in write(value, item, &text) }
            text.line("outcomes.endList()")
            return
        }
        switch schema[type.named].kind {
        case .object: text.line("outcomes.object(\(rows(type.named)).append(\(value)))")
        case .interface, .union: text.line("add(\(value), to: &outcomes)")
        default: text.line("outcomes.leaf { response in try response.write(\(value)) }")
        }
    }

    /// Puts down an object of an abstract type.
    func writeAdd(_ type: TypeID, _ text: inout SwiftText) {
        text.line()
        text.block(
            "private func add(_ value: \(schema.name(of: type)), to outcomes: inout Outcomes)"
        ) { text in
            text.line("switch value {")
            for object in schema.possibleTypes(of: type) {
                let type = "TypeID(rawValue: \(object.rawValue))"
                text.line(
                    "case .\(caseName(object))(let object): outcomes.object("
                        + "\(rows(object)).append(object), of: \(type))")
            }
            text.line("}")
        }
    }
}
