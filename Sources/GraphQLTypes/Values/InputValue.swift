/// A value from a request after coercion to its type, or from a literal as it stands.
public indirect enum InputValue: Hashable, Sendable {
    case null
    case int(Int64)
    case float(Double)
    case string(String)
    case boolean(Bool)
    case enumeration(String)
    case list([InputValue])
    case object([InputField])
}

/// A field of an input object.
public struct InputField: Hashable, Sendable {
    public let name: String
    public let value: InputValue

    public init(name: String, value: InputValue) {
        self.name = name
        self.value = value
    }
}
