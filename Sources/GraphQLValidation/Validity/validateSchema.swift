import GraphQLLanguage
public import GraphQLTypes

/// Checks what can be checked only of a schema that has been built: the parts of the
/// specification's type system that are named "Type Validation". O(n), but for what interfaces
/// ask of the types that implement them.
public func validateSchema(
    _ schema: Schema, maximumErrors: Int = ErrorList.defaultMaximumErrors
) -> [GraphQLError] {
    var validity = ValidityErrors(schema, maximumErrors: maximumErrors)
    validity.checkRoots()
    validity.checkDirectives()
    validity.checkTypes()
    return validity.errors.list.errors
}

extension ValidityErrors {
    fileprivate mutating func checkTypes() {
        var inputCycles = InputObjectCycles()
        var defaultCycles = DefaultValueWalk(schema)
        for type in schema.types where !isFull {
            let record = schema[type]
            // What the specification defines is as it should be.
            guard !record.isIntrospection, record.builtInScalar == nil else { continue }
            checkName(name(type), definitions(type).first ?? nil)
            switch record.kind {
            case .object, .interface:
                checkFields(of: type)
                checkInterfaces(of: type)
            case .union: checkMembers(of: type)
            case .enum: checkValues(of: type)
            case .inputObject:
                checkInputFields(of: type)
                inputCycles.check(type, &self)
                checkDefaultCycles(of: type, &defaultCycles)
            case .scalar: break
            }
        }
    }
}
