/// What a document is made of.
extension Parser {
    /// ```
    /// Definition : ExecutableDefinition | TypeSystemDefinitionOrExtension
    /// ```
    /// A description needs a look at the token behind it.
    mutating func definition() throws(SyntaxError) {
        if token.kind == .braceLeft { return try operationDefinition() }
        let hasDescription = token.kind.isString
        let keyword = hasDescription ? try lookahead() : token
        if try definition(keyword) { return }
        if hasDescription { try refuseDescription(of: keyword) }
        guard isKeyword("extend", keyword) else { throw unexpected(keyword) }
        try typeSystemExtension()
    }

    /// Reads the definition that `keyword` begins, if it begins one.
    private mutating func definition(_ keyword: Token) throws(SyntaxError) -> Bool {
        if isOperationType(keyword) {
            try operationDefinition()
        } else if isKeyword("fragment", keyword) {
            try fragmentDefinition()
        } else {
            return try typeSystemDefinition(keyword)
        }
        return true
    }

    private func refuseDescription(of keyword: Token) throws(SyntaxError) {
        if keyword.kind == .braceLeft {
            throw lexer.error(
                "Unexpected description, descriptions are not supported on shorthand queries.",
                at: token.start)
        }
        if keyword.kind == .name {
            throw lexer.error(
                "Unexpected description, only GraphQL definitions support descriptions.",
                at: token.start)
        }
    }

    /// ```
    /// TypeSystemDefinition : SchemaDefinition | TypeDefinition | DirectiveDefinition
    /// ```
    private mutating func typeSystemDefinition(_ keyword: Token) throws(SyntaxError) -> Bool {
        if isKeyword("directive", keyword) {
            try directiveDefinition()
        } else if isKeyword("schema", keyword) {
            try schemaDefinition(.schemaDefinition)
        } else {
            return try typeDefinition(keyword, isExtension: false)
        }
        return true
    }

    /// ```
    /// TypeSystemExtension : SchemaExtension | TypeExtension
    /// ```
    private mutating func typeSystemExtension() throws(SyntaxError) {
        let keyword = try lookahead()
        if isKeyword("schema", keyword) { return try schemaDefinition(.schemaExtension) }
        guard try typeDefinition(keyword, isExtension: true) else { throw unexpected(keyword) }
    }

    /// ```
    /// TypeDefinition :
    ///   - ScalarTypeDefinition
    ///   - ObjectTypeDefinition
    ///   - InterfaceTypeDefinition
    ///   - UnionTypeDefinition
    ///   - EnumTypeDefinition
    ///   - InputObjectTypeDefinition
    /// ```
    private mutating func typeDefinition(
        _ keyword: Token, isExtension: Bool
    ) throws(SyntaxError) -> Bool {
        if isKeyword("type", keyword) {
            try fieldedType(isExtension ? .objectTypeExtension : .objectTypeDefinition)
        } else if isKeyword("input", keyword) {
            try inputObjectType(
                isExtension ? .inputObjectTypeExtension : .inputObjectTypeDefinition)
        } else if isKeyword("enum", keyword) {
            try enumType(isExtension ? .enumTypeExtension : .enumTypeDefinition)
        } else if isKeyword("interface", keyword) {
            try fieldedType(isExtension ? .interfaceTypeExtension : .interfaceTypeDefinition)
        } else if isKeyword("union", keyword) {
            try unionType(isExtension ? .unionTypeExtension : .unionTypeDefinition)
        } else if isKeyword("scalar", keyword) {
            try scalarType(isExtension ? .scalarTypeExtension : .scalarTypeDefinition)
        } else {
            return false
        }
        return true
    }

    /// ```
    /// Description : StringValue
    /// ```
    mutating func description(of node: OpenNode) throws(SyntaxError) {
        guard token.kind.isString else { return }
        set(.hasDescription, of: node)
        try string(.description)
    }
}
