/// Type system definitions. The extension of a type is read by the same method: it begins with
/// `extend` where the definition has its description, and must not be empty.
extension Parser {
    /// Reads what stands before the name, or before the directives of a schema.
    private mutating func beginning(_ kind: NodeKind) throws(SyntaxError) -> OpenNode {
        let node = open(kind)
        if kind.isExtension { try advance() } else { try description(of: node) }
        try advance()
        return node
    }

    /// Ends a definition. An extension that holds nothing is refused at the token behind it.
    private mutating func end(_ node: OpenNode, isEmpty: Bool) throws(SyntaxError) {
        if isEmpty, record(of: node).kind.isExtension,
            !record(of: node).flags.contains(.hasDirectives)
        {
            throw unexpected(token)
        }
        close(node)
    }

    /// ```
    /// SchemaDefinition : Description? schema Directives[Const]? { RootOperationTypeDefinition+ }
    /// SchemaExtension :
    ///   - extend schema Directives[Const]? { RootOperationTypeDefinition+ }
    ///   - extend schema Directives[Const]
    /// ```
    mutating func schemaDefinition(_ kind: NodeKind) throws(SyntaxError) {
        let node = try beginning(kind)
        try directives(of: node, isConstant: true)
        if !kind.isExtension, token.kind != .braceLeft { throw expected(.braceLeft) }
        let hasTypes = try optionalMany(.braceLeft, .braceRight) {
            parser throws(SyntaxError) in try parser.operationTypeDefinition()
        }
        try end(node, isEmpty: !hasTypes)
    }

    /// ```
    /// RootOperationTypeDefinition : OperationType : NamedType
    /// ```
    private mutating func operationTypeDefinition() throws(SyntaxError) {
        let node = open(.operationTypeDefinition)
        try set(detail: operationType().rawValue, of: node)
        try expect(.colon)
        try namedType()
        close(node)
    }

    /// ```
    /// ScalarTypeDefinition : Description? scalar Name Directives[Const]?
    /// ScalarTypeExtension : extend scalar Name Directives[Const]
    /// ```
    mutating func scalarType(_ kind: NodeKind) throws(SyntaxError) {
        let node = try beginning(kind)
        try name(of: node)
        try directives(of: node, isConstant: true)
        try end(node, isEmpty: true)
    }

    /// ```
    /// ObjectTypeDefinition :
    ///   Description? type Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?
    /// InterfaceTypeDefinition :
    ///   Description? interface Name ImplementsInterfaces? Directives[Const]? FieldsDefinition?
    /// FieldsDefinition : { FieldDefinition+ }
    /// ```
    mutating func fieldedType(_ kind: NodeKind) throws(SyntaxError) {
        let node = try beginning(kind)
        try name(of: node)
        let hasInterfaces = try implementsInterfaces()
        try directives(of: node, isConstant: true)
        let hasFields = try optionalMany(.braceLeft, .braceRight) {
            parser throws(SyntaxError) in try parser.fieldDefinition()
        }
        try end(node, isEmpty: !hasInterfaces && !hasFields)
    }

    /// ```
    /// ImplementsInterfaces : implements `&`? NamedType (`&` NamedType)*
    /// ```
    private mutating func implementsInterfaces() throws(SyntaxError) -> Bool {
        guard try skipKeyword("implements") else { return false }
        try namedTypes(separatedBy: .ampersand)
        return true
    }

    private mutating func namedTypes(separatedBy separator: TokenKind) throws(SyntaxError) {
        _ = try skip(separator)
        repeat { try namedType() } while try skip(separator)
    }

    /// ```
    /// FieldDefinition : Description? Name ArgumentsDefinition? : Type Directives[Const]?
    /// ```
    private mutating func fieldDefinition() throws(SyntaxError) {
        let node = open(.fieldDefinition)
        try description(of: node)
        try name(of: node)
        try argumentsDefinition(of: node)
        try expect(.colon)
        try type()
        try directives(of: node, isConstant: true)
        close(node)
    }

    /// ```
    /// ArgumentsDefinition : ( InputValueDefinition+ )
    /// ```
    private mutating func argumentsDefinition(of node: OpenNode) throws(SyntaxError) {
        let hasArguments = try optionalMany(.parenthesisLeft, .parenthesisRight) {
            parser throws(SyntaxError) in try parser.inputValueDefinition()
        }
        if hasArguments { set(.hasArguments, of: node) }
    }

    /// ```
    /// InputValueDefinition : Description? Name : Type DefaultValue? Directives[Const]?
    /// ```
    private mutating func inputValueDefinition() throws(SyntaxError) {
        let node = open(.inputValueDefinition)
        try description(of: node)
        try name(of: node)
        try expect(.colon)
        try type()
        try defaultValue()
        try directives(of: node, isConstant: true)
        close(node)
    }

    /// ```
    /// UnionTypeDefinition : Description? union Name Directives[Const]? UnionMemberTypes?
    /// UnionMemberTypes : = `|`? NamedType (`|` NamedType)*
    /// ```
    mutating func unionType(_ kind: NodeKind) throws(SyntaxError) {
        let node = try beginning(kind)
        try name(of: node)
        try directives(of: node, isConstant: true)
        let hasTypes = try skip(.equals)
        if hasTypes { try namedTypes(separatedBy: .pipe) }
        try end(node, isEmpty: !hasTypes)
    }

    /// ```
    /// EnumTypeDefinition : Description? enum Name Directives[Const]? EnumValuesDefinition?
    /// EnumValuesDefinition : { EnumValueDefinition+ }
    /// ```
    mutating func enumType(_ kind: NodeKind) throws(SyntaxError) {
        let node = try beginning(kind)
        try name(of: node)
        try directives(of: node, isConstant: true)
        let hasValues = try optionalMany(.braceLeft, .braceRight) {
            parser throws(SyntaxError) in try parser.enumValueDefinition()
        }
        try end(node, isEmpty: !hasValues)
    }

    /// ```
    /// EnumValueDefinition : Description? EnumValue Directives[Const]?
    /// ```
    private mutating func enumValueDefinition() throws(SyntaxError) {
        let node = open(.enumValueDefinition)
        try description(of: node)
        if isReserved(token) {
            throw lexer.error(
                "\(describe(token)) is reserved and cannot be used for an enum value.",
                at: token.start)
        }
        try name(of: node)
        try directives(of: node, isConstant: true)
        close(node)
    }

    private func isReserved(_ token: Token) -> Bool {
        if isKeyword("true") || isKeyword("false") || isKeyword("null") { return true }
        return token.kind.isString && ["true", "false", "null"].contains(value(of: token))
    }

    /// ```
    /// InputObjectTypeDefinition :
    ///   Description? input Name Directives[Const]? InputFieldsDefinition?
    /// InputFieldsDefinition : { InputValueDefinition+ }
    /// ```
    mutating func inputObjectType(_ kind: NodeKind) throws(SyntaxError) {
        let node = try beginning(kind)
        try name(of: node)
        try directives(of: node, isConstant: true)
        let hasFields = try optionalMany(.braceLeft, .braceRight) {
            parser throws(SyntaxError) in try parser.inputValueDefinition()
        }
        try end(node, isEmpty: !hasFields)
    }

    /// ```
    /// DirectiveDefinition :
    ///   Description? directive @ Name ArgumentsDefinition? repeatable? on DirectiveLocations
    /// DirectiveLocations : `|`? DirectiveLocation (`|` DirectiveLocation)*
    /// ```
    mutating func directiveDefinition() throws(SyntaxError) {
        let node = try beginning(.directiveDefinition)
        try expect(.at)
        try name(of: node)
        try argumentsDefinition(of: node)
        if try skipKeyword("repeatable") { set(.isRepeatable, of: node) }
        try expectKeyword("on")
        _ = try skip(.pipe)
        repeat { try directiveLocation() } while try skip(.pipe)
        close(node)
    }

    /// ```
    /// DirectiveLocation : ExecutableDirectiveLocation | TypeSystemDirectiveLocation
    /// ```
    private mutating func directiveLocation() throws(SyntaxError) {
        guard token.kind == .name else { throw expected(.name) }
        guard let place = directivePlace() else {
            // The name itself is read first: an error behind it comes before this one.
            let name = token
            try advance()
            throw unexpected(name)
        }
        let node = open(.directiveLocation)
        set(detail: place.rawValue, of: node)
        try name(of: node)
        close(node)
    }

    private func directivePlace() -> DirectivePlace? {
        var place = DirectivePlace(rawValue: 0)
        while let candidate = place, !isKeyword(candidate.name) {
            place = DirectivePlace(rawValue: candidate.rawValue + 1)
        }
        return place
    }
}
