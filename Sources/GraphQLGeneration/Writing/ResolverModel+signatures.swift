import GraphQLTypes

/// Types and signatures as Swift writes them.
extension ResolverModel {
    /// What resolvers answer with.
    func outputType(_ type: WrappedType) -> String {
        swiftType(type) { schema[$0].builtInScalar == .string ? "Text" : plainName($0) }
    }

    /// What arguments and input fields are read as. A scalar of the program may refuse what it is
    /// given, which is for the resolver to tell.
    func inputType(_ type: WrappedType) -> String {
        swiftType(type) { mayRefuse($0) ? "Given<\(plainName($0))>" : plainName($0) }
    }

    private func mayRefuse(_ type: TypeID) -> Bool {
        guard schema[type].kind == .scalar else { return false }
        let builtIn = schema[type].builtInScalar
        return builtIn == nil || builtIn == .id
    }

    private func swiftType(_ type: WrappedType, _ named: (TypeID) -> String) -> String {
        guard type.isNonNull else { return swiftType(type.nonNull, named) + "?" }
        if let item = type.item { return "[\(swiftType(item, named))]" }
        return named(type.named)
    }

    private func plainName(_ type: TypeID) -> String {
        switch schema[type].builtInScalar {
        case .boolean: "Bool"
        case .float: "Double"
        default: schema.name(of: type)
        }
    }

    /// What the protocol of an object type asks for one of its fields.
    func requirement(_ field: FieldID) -> String {
        let name = SwiftName.member(schema.name(of: field))
        let type = schema[field].type
        let value = outputType(type)
        let signature = "func \(name)(\(parameters(of: field)))"
        switch form(of: field) {
        case .property: return "var \(name): \(value) { get throws }"
        case .function: return "@EventLoop \(signature) throws -> \(value)"
        case .asynchronous: return "\(signature) async throws -> \(value)"
        case .load: return "@EventLoop \(signature) throws -> \(answerType(field))"
        case .stream:
            return "\(signature) async throws -> any AsyncSequence<\(value), any Error>"
        }
    }

    /// What a resolver answers with. A load may come back without a value; where null is allowed
    /// there may be no load at all.
    func answerType(_ field: FieldID) -> String {
        let type = schema[field].type
        guard case .load = form(of: field) else { return outputType(type) }
        return "Load<\(outputType(type.nonNull))>" + (type.isNonNull ? "" : "?")
    }

    private func parameters(of field: FieldID) -> String {
        let arguments = schema[field].arguments
        let names = arguments.map { schema.name(of: $0) }
        let own = zip(arguments, names).map { argument, name in
            "\(SwiftName.member(name)): \(argumentType(argument))"
        }
        let context =
            names.contains("context") ? "in _: RequestContext" : "in context: RequestContext"
        return (own + [context]).joined(separator: ", ")
    }

    func argumentType(_ argument: InputID) -> String { inputType(schema[argument].type) }

    /// The call that answers a field, on `object`, with what marks it before.
    func call(_ field: FieldID, on object: String) -> String {
        let name = SwiftName.member(schema.name(of: field))
        let form = form(of: field)
        let target = "\(object).\(name)"
        if case .property = form { return "try \(target)" }
        let arguments = schema[field].arguments.map { argument in
            let name = schema.name(of: argument)
            return "\(SwiftName.label(name)): \(name)Argument"
        }
        let waits =
            switch form {
            case .asynchronous, .stream: "try await"
            default: "try"
            }
        return "\(waits) \(target)(\((arguments + ["in: context"]).joined(separator: ", ")))"
    }

    /// The member's full name, as in `reviews(first:in:)`, by which leftovers are found.
    func memberName(_ field: FieldID) -> String {
        let name = schema.name(of: field)
        if case .property = form(of: field) { return name }
        let labels = schema[field].arguments.map { schema.name(of: $0) + ":" }.joined()
        return "\(name)(\(labels)in:)"
    }
}
