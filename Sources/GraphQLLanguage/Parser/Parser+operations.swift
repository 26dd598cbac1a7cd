/// Operations and fragments.
extension Parser {
    /// ```
    /// OperationDefinition :
    ///   - Description? OperationType Name? VariablesDefinition? Directives? SelectionSet
    ///   - SelectionSet
    /// ```
    mutating func operationDefinition() throws(SyntaxError) {
        let node = open(.operationDefinition)
        if token.kind != .braceLeft {
            try description(of: node)
            try set(detail: operationType().rawValue, of: node)
            if token.kind == .name { try name(of: node) }
            try variablesDefinition()
            try directives(of: node, isConstant: false)
        }
        try selectionSet(of: node)
        close(node)
    }

    func isOperationType(_ token: Token) -> Bool {
        isKeyword("query", token) || isKeyword("mutation", token)
            || isKeyword("subscription", token)
    }

    /// ```
    /// OperationType : one of `query` `mutation` `subscription`
    /// ```
    mutating func operationType() throws(SyntaxError) -> OperationType {
        let word = token
        try expect(.name)
        if isKeyword("query", word) { return .query }
        if isKeyword("mutation", word) { return .mutation }
        guard isKeyword("subscription", word) else { throw unexpected(word) }
        return .subscription
    }

    /// ```
    /// VariablesDefinition : ( VariableDefinition+ )
    /// ```
    private mutating func variablesDefinition() throws(SyntaxError) {
        _ = try optionalMany(.parenthesisLeft, .parenthesisRight) {
            parser throws(SyntaxError) in try parser.variableDefinition()
        }
    }

    /// ```
    /// VariableDefinition : Description? Variable : Type DefaultValue? Directives[Const]?
    /// ```
    private mutating func variableDefinition() throws(SyntaxError) {
        let node = open(.variableDefinition)
        try description(of: node)
        try variable()
        try expect(.colon)
        try type()
        try defaultValue()
        try directives(of: node, isConstant: true)
        close(node)
    }

    /// ```
    /// SelectionSet : { Selection+ }
    /// ```
    private mutating func selectionSet(of parent: OpenNode) throws(SyntaxError) {
        set(.hasSelectionSet, of: parent)
        let node = open(.selectionSet)
        guard token.kind == .braceLeft else { throw expected(.braceLeft) }
        try descend()
        try advance()
        repeat { try selection() } while try !skip(.braceRight)
        ascend()
        close(node)
    }

    /// ```
    /// Selection : Field | FragmentSpread | InlineFragment
    /// ```
    @inline(__always) private mutating func selection() throws(SyntaxError) {
        if token.kind == .spread { try fragment() } else { try field() }
    }

    /// ```
    /// Field : Alias? Name Arguments? Directives? SelectionSet?
    /// Alias : Name :
    /// ```
    private mutating func field() throws(SyntaxError) {
        guard token.kind == .name else { throw expected(.name) }
        let first = token
        try advance()
        if token.kind.followsLeaf { return append(.field, named: first) }
        let node = open(.field, at: first.start)
        if try skip(.colon) {
            set(.hasAlias, of: node)
            append(.alias, named: first)
            try name(of: node)
        } else {
            setName(of: node, to: first)
        }
        try arguments(of: node, isConstant: false)
        try directives(of: node, isConstant: false)
        if token.kind == .braceLeft { try selectionSet(of: node) }
        close(node)
    }

    /// ```
    /// FragmentSpread : ... FragmentName Directives?
    /// InlineFragment : ... TypeCondition? Directives? SelectionSet
    /// ```
    private mutating func fragment() throws(SyntaxError) {
        let start = token.start
        try advance()
        let isSpread = token.kind == .name && !isKeyword("on")
        let node = open(isSpread ? .fragmentSpread : .inlineFragment, at: start)
        if isSpread {
            try name(of: node)
        } else if try skipKeyword("on") {
            try namedType()
        }
        try directives(of: node, isConstant: false)
        if !isSpread { try selectionSet(of: node) }
        close(node)
    }

    /// ```
    /// FragmentDefinition :
    ///   Description? fragment FragmentName TypeCondition Directives? SelectionSet
    /// FragmentName : Name but not `on`
    /// TypeCondition : on NamedType
    /// ```
    mutating func fragmentDefinition() throws(SyntaxError) {
        let node = open(.fragmentDefinition)
        try description(of: node)
        try expectKeyword("fragment")
        if isKeyword("on") || token.kind.isString && value(of: token) == "on" {
            throw unexpected(token)
        }
        try name(of: node)
        try expectKeyword("on")
        try namedType()
        try directives(of: node, isConstant: false)
        try selectionSet(of: node)
        close(node)
    }

    /// ```
    /// Arguments[Const] : ( Argument[?Const]+ )
    /// ```
    @inline(__always) private mutating func arguments(
        of node: OpenNode, isConstant: Bool
    ) throws(SyntaxError) {
        let hasArguments = try optionalMany(.parenthesisLeft, .parenthesisRight) {
            parser throws(SyntaxError) in
            try parser.namedValue(.argument, isConstant: isConstant)
        }
        if hasArguments { set(.hasArguments, of: node) }
    }

    /// ```
    /// Directives[Const] : Directive[?Const]+
    /// ```
    @inline(__always) mutating func directives(
        of node: OpenNode, isConstant: Bool
    ) throws(SyntaxError) {
        guard token.kind == .at else { return }
        set(.hasDirectives, of: node)
        repeat { try directive(isConstant: isConstant) } while token.kind == .at
    }

    /// ```
    /// Directive[Const] : @ Name Arguments[?Const]?
    /// ```
    private mutating func directive(isConstant: Bool) throws(SyntaxError) {
        let node = open(.directive)
        try advance()
        try name(of: node)
        try arguments(of: node, isConstant: isConstant)
        close(node)
    }
}
