import GraphQLLanguage
import GraphQLTypes

/// Section 5.8.5: the type of a variable fits where it is used.
enum VariablesInAllowedPosition {
    static func isAllowed(
        _ usage: VariableUsage, _ definition: Int, _ validation: borrowing Validation
    ) -> Bool {
        guard usage.position.type != nil, let type = variableType(definition, validation)
        else { return true }
        return fits(type, definition, usage.position, validation)
            && !isNullable(type, inOneOf: usage.position, validation)
    }

    static func report(
        _ usage: VariableUsage, _ definition: Int, in operation: Int,
        _ validation: inout Validation
    ) {
        guard let expected = usage.position.type,
            let type = variableType(definition, validation)
        else { return }
        let schema = validation.schema
        let name = validation.text(usage.node)
        let offsets = [validation.start(definition), validation.start(usage.node)]
        if !fits(type, definition, usage.position, validation) {
            validation.report(
                .variablesInAllowedPosition, leaving: operation, at: offsets,
                "Variable \"$\(name)\" of type \"\(schema.text(of: type))\" used in position "
                    + "expecting type \"\(schema.text(of: expected))\".")
        }
        if let parent = usage.position.parent, isNullable(type, inOneOf: usage.position, validation)
        {
            validation.report(
                .variablesInAllowedPosition, leaving: operation, at: offsets,
                "Variable \"$\(name)\" is of type \"\(schema.text(of: type))\" but must be "
                    + "non-nullable to be used for OneOf Input Object "
                    + "\"\(schema.name(of: parent))\".")
        }
    }

    private static func variableType(
        _ definition: Int, _ validation: borrowing Validation
    ) -> WrappedType? {
        validation.type(writtenAt: validation.typeNode(of: definition))
    }

    private static func isNullable(
        _ type: WrappedType, inOneOf position: Position.Input, _ validation: borrowing Validation
    ) -> Bool {
        guard let parent = position.parent else { return false }
        return !type.isNonNull && validation.schema[parent].isOneOf
    }

    /// ```
    /// IsVariableUsageAllowed(variableDefinition, variableUsage)
    /// ```
    private static func fits(
        _ type: WrappedType, _ definition: Int, _ position: Position.Input,
        _ validation: borrowing Validation
    ) -> Bool {
        guard let expected = position.type else { return true }
        guard expected.isNonNull, !type.isNonNull else { return areCompatible(type, expected) }
        let hasDefault = position.definition.map { validation.schema[$0].hasDefault } ?? false
        guard hasDefault || hasDefaultValue(definition, validation) else { return false }
        return areCompatible(type, expected.unwrapped)
    }

    private static func hasDefaultValue(
        _ definition: Int, _ validation: borrowing Validation
    ) -> Bool {
        let type = validation.typeNode(of: definition)
        let value = validation.next(type)
        guard value < validation.next(definition) else { return false }
        let kind = validation.records[value].kind
        return kind.isValue && kind != .nullValue
    }

    /// ```
    /// AreTypesCompatible(variableType, locationType)
    /// ```
    private static func areCompatible(_ type: WrappedType, _ expected: WrappedType) -> Bool {
        var (type, expected) = (type, expected)
        while type != expected {
            if expected.isNonNull, !type.isNonNull { return false }
            if expected.isNonNull || expected.isList && type.isList {
                expected = expected.unwrapped
                type = type.unwrapped
            } else if type.isNonNull {
                type = type.unwrapped
            } else {
                return false
            }
        }
        return true
    }
}
