public import GraphQLLanguage

extension Schema {
    /// The value that `literal` is for `type`, with the defaults of input fields filled in.
    ///
    /// `variables` knows the values of the variables that are provided; they are taken to fit where
    /// the literal uses them. A variable that is not provided makes a field absent and an item
    /// null, or is a fault where a value must be.
    public func coerce(
        literal: Value, to type: WrappedType, variables: (Name) -> InputValue? = { _ in nil }
    ) throws(LiteralFaults) -> InputValue {
        var coercion = LiteralCoercion(self, defaults: defaults)
        let value = coercion.value(literal, type, variables)
        guard let value, coercion.faults.isEmpty else {
            throw LiteralFaults(faults: coercion.faults)
        }
        return value
    }

    /// The value of an argument or input field that is not given, if it has a default.
    public func coercedDefault(of input: InputID) -> InputValue? {
        input.index < defaults.count ? defaults[input.index] : nil
    }
}
