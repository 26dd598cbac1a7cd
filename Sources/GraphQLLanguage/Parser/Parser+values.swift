/// Values and types.
extension Parser {
    /// ```
    /// Value[Const] :
    ///   - [~Const] Variable
    ///   - IntValue | FloatValue | StringValue | BooleanValue | NullValue | EnumValue
    ///   - ListValue[?Const]
    ///   - ObjectValue[?Const]
    /// ```
    mutating func value(isConstant: Bool) throws(SyntaxError) {
        switch token.kind {
        case .name: try nameValue()
        case .int: try number(.intValue)
        case .float: try number(.floatValue)
        case .string, .escapedString, .blockString: try string(.stringValue)
        case .bracketLeft: try listValue(isConstant: isConstant)
        case .braceLeft: try objectValue(isConstant: isConstant)
        case .dollar where isConstant: try refuseVariable()
        case .dollar: try variable()
        default: throw unexpected(token)
        }
    }

    /// ```
    /// BooleanValue : one of `true` `false`
    /// NullValue : `null`
    /// EnumValue : Name but not `true`, `false` or `null`
    /// ```
    private mutating func nameValue() throws(SyntaxError) {
        let isTrue = isKeyword("true")
        let node =
            if isTrue || isKeyword("false") {
                open(.booleanValue)
            } else {
                open(isKeyword("null") ? .nullValue : .enumValue)
            }
        set(detail: isTrue ? 1 : 0, of: node)
        try name(of: node)
        close(node)
    }

    private mutating func number(_ kind: NodeKind) throws(SyntaxError) {
        let node = open(kind)
        try advance()
        close(node)
    }

    /// ```
    /// StringValue : Description
    /// ```
    mutating func string(_ kind: NodeKind) throws(SyntaxError) {
        let node = open(kind)
        if token.kind == .blockString { set(.isBlock, of: node) }
        if token.kind != .string { set(.hasEscapes, of: node) }
        try advance()
        close(node)
    }

    /// ```
    /// ListValue[Const] : [ ] | [ Value[?Const]+ ]
    /// ```
    private mutating func listValue(isConstant: Bool) throws(SyntaxError) {
        let node = open(.listValue)
        try descend()
        try advance()
        while try !skip(.bracketRight) { try value(isConstant: isConstant) }
        ascend()
        close(node)
    }

    /// ```
    /// ObjectValue[Const] : { } | { ObjectField[?Const]+ }
    /// ```
    private mutating func objectValue(isConstant: Bool) throws(SyntaxError) {
        let node = open(.objectValue)
        try descend()
        try advance()
        while try !skip(.braceRight) { try namedValue(.objectField, isConstant: isConstant) }
        ascend()
        close(node)
    }

    /// ```
    /// Argument[Const] : Name : Value[?Const]
    /// ObjectField[Const] : Name : Value[?Const]
    /// ```
    mutating func namedValue(_ kind: NodeKind, isConstant: Bool) throws(SyntaxError) {
        let node = open(kind)
        try name(of: node)
        try expect(.colon)
        try value(isConstant: isConstant)
        close(node)
    }

    /// ```
    /// Variable : $ Name
    /// ```
    mutating func variable() throws(SyntaxError) {
        let node = open(.variable)
        try expect(.dollar)
        try name(of: node)
        close(node)
    }

    /// For a variable where only a constant may stand.
    @inline(never) private mutating func refuseVariable() throws(SyntaxError) {
        let dollar = token
        try advance()
        guard token.kind == .name else { throw unexpected(dollar) }
        throw lexer.error(
            "Unexpected variable \"$\(value(of: token))\" in constant value.", at: dollar.start)
    }

    /// ```
    /// DefaultValue : = Value[Const]
    /// ```
    mutating func defaultValue() throws(SyntaxError) {
        if try skip(.equals) { try value(isConstant: true) }
    }

    /// ```
    /// Type : NamedType | ListType | NonNullType
    /// ListType : [ Type ]
    /// NonNullType : NamedType ! | ListType !
    /// ```
    mutating func type() throws(SyntaxError) {
        let node = open(token.kind == .bracketLeft ? .listType : .namedType)
        if token.kind == .bracketLeft {
            try descend()
            try advance()
            try type()
            try expect(.bracketRight)
            ascend()
        } else {
            try name(of: node)
        }
        if try skip(.bang) { set(.isNonNull, of: node) }
        close(node)
    }

    /// ```
    /// NamedType : Name
    /// ```
    mutating func namedType() throws(SyntaxError) {
        guard token.kind == .name else { throw expected(.name) }
        append(.namedType, named: token)
        try advance()
    }
}
