import Bytes
import GraphQLTypes
import JSON
import Reactor

/// ```
/// Result coercion
/// ```
/// of the scalars, as lenient as the specification lets servers be.
extension JSONResolvers {
    func write(
        leaf value: JSONValue, _ type: TypeID, into response: inout ResponseWriter
    ) throws(GraphQLError) {
        if schema[type].kind == .enum { return try write(enumeration: value, type, &response) }
        switch schema[type].builtInScalar {
        case .int: try write(int: value, &response)
        case .float:
            guard let number = number(value), number.isFinite else {
                throw unable("Float cannot represent non numeric value", value)
            }
            response.append(number)
        case .string: try write(string: value, &response)
        case .boolean:
            guard let truth = value.booleanValue ?? finiteNumber(value).map({ $0 != 0 }) else {
                throw unable("Boolean cannot represent a non boolean value", value)
            }
            response.append(truth)
        case .id:
            if value.form == .string { return response.bytes.append(json: value) }
            guard value.isIntegral, let number = value.number else {
                throw unable("ID cannot represent value", value)
            }
            response.append(number.int64.map { "\($0)" } ?? String(shortest: number.double))
        case nil: response.bytes.append(json: value)
        }
    }

    private func write(
        enumeration value: JSONValue, _ type: TypeID, _ response: inout ResponseWriter
    ) throws(GraphQLError) {
        guard let text = value.stringValue, let name = schema.names.find(text),
            schema.enumValue(name, of: type) != nil
        else { throw unable("Enum \"\(schema.name(of: type))\" cannot represent value", value) }
        response.append(text)
    }

    private func write(
        int value: JSONValue, _ response: inout ResponseWriter
    ) throws(GraphQLError) {
        if let number = value.number?.int64 ?? value.booleanValue.map({ $0 ? 1 : 0 }) {
            guard let int = Int32(exactly: number) else {
                throw unable("Int cannot represent non 32-bit signed integer value", value)
            }
            return response.append(Int(int))
        }
        guard let number = number(value), number.isFinite, number == number.rounded() else {
            throw unable("Int cannot represent non-integer value", value)
        }
        guard let int = Int32(exactly: number) else {
            throw unable("Int cannot represent non 32-bit signed integer value", value)
        }
        response.append(Int(int))
    }

    private func write(
        string value: JSONValue, _ response: inout ResponseWriter
    ) throws(GraphQLError) {
        switch value.form {
        case .string: response.bytes.append(json: value)
        case .boolean: response.append(value.booleanValue == true ? "true" : "false")
        default:
            guard let number = finiteNumber(value) else {
                throw unable("String cannot represent value", value)
            }
            response.append(String(shortest: number))
        }
    }

    private func finiteNumber(_ value: JSONValue) -> Double? {
        value.number.flatMap { $0.double.isFinite ? $0.double : nil }
    }

    /// A number, or what can stand for one.
    private func number(_ value: JSONValue) -> Double? {
        switch value.form {
        case .number: value.number?.double
        case .boolean: value.booleanValue == true ? 1 : 0
        case .string:
            value.stringValue.flatMap { $0.isEmpty ? nil : JavaScriptNumber.value(of: $0) }
        default: nil
        }
    }

    private func unable(_ what: String, _ value: JSONValue) -> GraphQLError {
        GraphQLError("\(what): \(Inspection.text(of: value))")
    }
}
