public import GraphQLTypes

/// The arguments given to a field, read as Swift values.
public struct FieldArguments {
    @usableFromInline let values: [InputValue?]

    /// What `Execution.arguments(of:)` returns.
    @inlinable public init(_ values: [InputValue?]) { self.values = values }

    /// The argument at its place in the schema; one that is not given is null.
    @inlinable public func value<Value: InputScalar>(_ place: Int) throws(GraphQLError) -> Value {
        try Value(input: values[place] ?? .null)
    }
}

/// What a request says of something that may be left out, where leaving it out differs from null.
public indirect enum Maybe<Value> {
    case absent
    case null
    case value(Value)

    /// The value, if there is one.
    public var value: Value? { if case .value(let value) = self { value } else { nil } }
}

extension Maybe: Sendable where Value: Sendable {}
extension Maybe: Equatable where Value: Equatable {}

/// Reading input objects.
extension InputValue {
    /// A field of an input object; one that is not given is null.
    public func value<Value: InputScalar>(of field: String) throws(GraphQLError) -> Value {
        try Value(input: self[field] ?? .null)
    }

    public func maybe<Value: InputScalar>(of field: String) throws(GraphQLError) -> Maybe<Value> {
        guard let value = self[field] else { return .absent }
        return value == .null ? .null : .value(try Value(input: value))
    }

    /// The field of an object that has exactly one.
    public func onlyField() throws(GraphQLError) -> (name: String, value: InputValue) {
        guard case .object(let fields) = self, fields.count == 1, let field = fields.first else {
            throw .misfit("Expected exactly one field.")
        }
        return (field.name, field.value)
    }
}

extension Array: InputScalar where Element: InputScalar {
    public init(input: InputValue) throws(GraphQLError) {
        guard case .list(let items) = input else {
            throw .misfit("Expected a list.")
        }
        self = try items.map { (item) throws(GraphQLError) in try Element(input: item) }
    }
}

extension Optional: InputScalar where Wrapped: InputScalar {
    @inlinable public init(input: InputValue) throws(GraphQLError) {
        if case .null = input { self = nil } else { self = try Wrapped(input: input) }
    }
}

/// Enum types.
extension InputScalar where Self: RawRepresentable<String> {
    public init(input: InputValue) throws(GraphQLError) {
        guard case .enumeration(let name) = input, let value = Self(rawValue: name) else {
            throw .misfit("Expected one of the enum's values.")
        }
        self = value
    }
}

/// What a request gave for a scalar of the program: the value, or what is wrong with it. A resolver
/// is given this, so that it can say all that is wrong with its arguments at once.
public typealias Given<Value> = Result<Value, GraphQLError>

extension Result: InputScalar where Success: InputScalar, Failure == GraphQLError {
    /// Throws nothing, though generated code takes it that every value may.
    public init(input: InputValue) throws(GraphQLError) {
        self = Result { () throws(GraphQLError) in try Success(input: input) }
    }
}

extension GraphQLError {
    /// Something of another form than its type has.
    static func misfit(_ message: String) -> GraphQLError {
        GraphQLError(message, breaking: "TYPE")
    }
}
