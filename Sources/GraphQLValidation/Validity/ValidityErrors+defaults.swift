import GraphQLLanguage
import GraphQLTypes

/// [Input Objects](https://spec.graphql.org/September2025/#sec-Input-Objects.Type-Validation)
extension ValidityErrors {
    /// A default is a value of the type of its argument or input field, which `coordinate` names.
    mutating func checkDefault(of input: InputID, _ coordinate: @autoclosure () -> String) {
        // What the schema could read when it was built has no fault.
        guard let literal = schema.defaultValue(of: input),
            schema.coercedDefault(of: input) == nil
        else { return }
        do {
            _ = try schema.coerce(literal: literal, to: schema[input].type)
        } catch {
            for fault in error.faults {
                let path = fault.path.isEmpty ? "" : " at " + fault.path.map(\.text).joined()
                report(
                    "\(coordinate()) has invalid default value\(path): \(fault.reason)",
                    at: fault.node)
            }
        }
    }

    /// An object that takes the value of a field from the field's default must not find itself
    /// there.
    mutating func checkDefaultCycles(of type: TypeID, _ walk: inout DefaultValueWalk) {
        for field in schema[type].inputFields where schema[field].hasDefault {
            var cycles: [[InputID]] = []
            walk.visit(field, cycle: { cycles.append(Array($0)) })
            for cycle in cycles { report(cycle: cycle) }
        }
    }

    private mutating func report(cycle: [InputID]) {
        let names = inputFieldNames(cycle)
        let others = names.dropFirst().joined(separator: ", ")
        let detour = others.isEmpty ? "" : " via the default values of: " + others
        report(
            "Invalid circular reference. The default value of Input Object field \(names[0]) "
                + "references itself\(detour).",
            at: cycle.map { schema.defaultValue(of: $0)?.node })
    }

    private func inputFieldNames(_ fields: [InputID]) -> [String] {
        let wanted = Set(fields)
        var names: [InputID: String] = [:]
        for type in schema.types {
            for field in schema[type].inputFields where wanted.contains(field) {
                names[field] = "\(name(type)).\(schema.name(of: field))"
            }
        }
        return fields.compactMap { names[$0] }
    }
}

extension PathSegment {
    fileprivate var text: String {
        switch self {
        case .key(let name): "." + name
        case .index(let index): "[\(index)]"
        }
    }
}
