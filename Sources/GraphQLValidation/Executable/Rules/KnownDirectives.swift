import GraphQLLanguage
import GraphQLTypes

/// Sections 5.7.1 and 5.7.2: directives exist, and stand where they may.
enum KnownDirectives {
    /// The walk's position has the directive; `place` is the node that it stands on.
    static func enterDirective(_ node: Int, at place: Int, _ validation: inout Validation) {
        guard let directive = validation.position.directive else {
            validation.report(
                .knownDirectives, entering: node, at: [validation.start(node)],
                "Unknown directive \"@\(validation.text(node))\".")
            return
        }
        guard let place = self.place(of: place, validation),
            !validation.schema[directive].mayStand(on: place)
        else { return }
        validation.report(
            .knownDirectives, entering: node, at: [validation.start(node)],
            "Directive \"@\(validation.text(node))\" may not be used on \(place.name).")
    }

    private static func place(of node: Int, _ validation: borrowing Validation) -> DirectivePlace? {
        switch validation.records[node].kind {
        case .operationDefinition:
            place(of: OperationType(rawValue: validation.records[node].detail))
        case .field: .field
        case .fragmentSpread: .fragmentSpread
        case .inlineFragment: .inlineFragment
        case .fragmentDefinition: .fragmentDefinition
        case .variableDefinition: .variableDefinition
        default: placeInTypeSystem(of: node, validation)
        }
    }

    private static func placeInTypeSystem(
        of node: Int, _ validation: borrowing Validation
    ) -> DirectivePlace? {
        switch validation.records[node].kind {
        case .schemaDefinition, .schemaExtension: .schema
        case .scalarTypeDefinition, .scalarTypeExtension: .scalar
        case .objectTypeDefinition, .objectTypeExtension: .object
        case .interfaceTypeDefinition, .interfaceTypeExtension: .interface
        case .unionTypeDefinition, .unionTypeExtension: .union
        case .enumTypeDefinition, .enumTypeExtension: .enum
        case .inputObjectTypeDefinition, .inputObjectTypeExtension: .inputObject
        case .fieldDefinition: .fieldDefinition
        case .enumValueDefinition: .enumValue
        case .inputValueDefinition:
            isInputField(validation) ? .inputFieldDefinition : .argumentDefinition
        default: nil
        }
    }

    /// Whether the input value that the walk is in, at one of its directives, is a field; of an
    /// extension the reference implementation takes it for an argument.
    private static func isInputField(_ validation: borrowing Validation) -> Bool {
        let around = validation.frames[validation.frames.count - 3].node
        return validation.records[around].kind == .inputObjectTypeDefinition
    }

    private static func place(of operation: OperationType?) -> DirectivePlace {
        switch operation {
        case .mutation: .mutation
        case .subscription: .subscription
        default: .query
        }
    }
}
