/// A value that came in and fits its type: an argument, a variable, a default.
public enum InputValue: Hashable, Sendable {
    case null
    case int(Int64)
    case float(Double)
    case string(String)
    case boolean(Bool)
    case enumeration(String)
    case list([InputValue])
    /// The fields that have a value, in the order of the type.
    case object([InputField])
}

/// One entry of an input object.
public struct InputField: Hashable, Sendable {
    public let name: String
    public let value: InputValue

    public init(name: String, value: InputValue) {
        self.name = name
        self.value = value
    }
}

extension InputValue {
    /// The value of an object's field, if it has one.
    public subscript(field: String) -> InputValue? {
        guard case .object(let fields) = self else { return nil }
        return fields.first { $0.name == field }?.value
    }
}
