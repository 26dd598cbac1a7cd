import GraphQLLanguage
import GraphQLTypes

/// What is wrong with directives on definitions: whoever reads them later takes it that nothing is.
extension ResolverModel {
    var directiveErrors: [GenerationError] {
        var found: [GenerationError] = []
        for type in schema.types where isOwn(type) {
            for definition in schema.definitions(of: type) {
                found += errors(in: definition.directives)
            }
            for field in schema[type].fields {
                found += errors(in: schema.definition(of: field).directives)
                found += listSizeErrors(field)
                for argument in schema[field].arguments { found += errors(of: argument) }
            }
            for field in schema[type].inputFields { found += errors(of: field) }
            for value in schema[type].enumValues {
                found += errors(in: schema.definition(of: value).directives)
            }
        }
        for directive in schema.directives {
            for argument in schema[directive].arguments { found += errors(of: argument) }
        }
        return found
    }

    private func errors(of input: InputID) -> [GenerationError] {
        errors(in: schema.definition(of: input).directives)
    }

    private func errors(in directives: NodeList<Directive>) -> [GenerationError] {
        directives.flatMap { directive -> [GenerationError] in
            guard let known = schema.directive(named: directive.name) else { return [] }
            return directive.arguments.flatMap { argument -> [GenerationError] in
                let input = schema[known].arguments.first {
                    schema.name(of: $0) == argument.name.text
                }
                guard let input else { return [] }
                return faults(argument.value, schema[input].type).map { reason, location in
                    let place = "@\(directive.name.text)(\(argument.name.text):)"
                    return GenerationError("\(place): \(reason)", at: location, in: path)
                }
            } + weightErrors(directive)
        }
    }

    private func faults(
        _ value: Value, _ type: WrappedType
    ) -> [(reason: String, location: SourceLocation)] {
        do throws(LiteralFaults) {
            _ = try schema.coerce(literal: value, to: type)
            return []
        } catch {
            return error.faults.map { ($0.reason, $0.node.location) }
        }
    }

    /// What costs less than nothing would pay for something else.
    private func weightErrors(_ directive: Directive) -> [GenerationError] {
        guard directive.name == "cost",
            let value = directive.arguments.first(where: { $0.name == "weight" })?.value,
            case .string(let weight) = value.form
        else { return [] }
        let fault: String
        if let number = Double(weight.value), number.isFinite {
            guard number < 0 else { return [] }
            fault = "is below 0"
        } else {
            fault = "is no number"
        }
        let message = "@cost(weight:): \"\(weight.value)\" \(fault)."
        return [GenerationError(message, at: value.location, in: path)]
    }

    private func sizeErrors(_ directive: Directive) -> [GenerationError] {
        let value = directive.arguments.first { $0.name == "assumedSize" }?.value
        guard let value, case .int(let size) = value.form, Int(size.text).map({ $0 < 1 }) == true
        else { return [] }
        let message = "@listSize(assumedSize:): \(size.text) is below 1."
        return [GenerationError(message, at: value.location, in: path)]
    }

    /// Arguments and fields that `@listSize` names and that are not there.
    private func listSizeErrors(_ field: FieldID) -> [GenerationError] {
        let directives = schema.definition(of: field).directives
        guard let directive = directives.first(where: { $0.name == "listSize" }) else { return [] }
        let arguments = schema[field].arguments.map { schema.name(of: $0) }
        let fields = schema[schema[field].type.named].fields.map { schema.name(of: $0) }
        return sizeErrors(directive)
            + unknown("slicingArguments", of: directive, arguments, "argument of this field")
            + unknown("sizedFields", of: directive, fields, "field of what this field answers with")
    }

    private func unknown(
        _ argument: String, of directive: Directive, _ known: [String], _ kind: String
    ) -> [GenerationError] {
        let value = directive.arguments.first { $0.name.text == argument }?.value
        guard case .list(let items)? = value?.form else { return [] }
        return items.compactMap { item in
            guard case .string(let name) = item.form, !known.contains(name.value) else {
                return nil
            }
            let message = "@listSize(\(argument):): there is no \(kind) named \"\(name.value)\"."
            return GenerationError(message, at: item.location, in: path)
        }
    }
}
