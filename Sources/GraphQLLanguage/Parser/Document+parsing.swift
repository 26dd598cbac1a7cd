extension Document {
    /// Parses an executable or schema document. O(n), in one pass.
    public static func parse(
        _ source: [UInt8], limits: ParseLimits = ParseLimits()
    ) throws(SyntaxError) -> Document {
        try parse(source, limits) { parser throws(SyntaxError) in try parser.document() }
    }

    /// Parses an executable or schema document. O(n), in one pass.
    public static func parse(
        _ source: String, limits: ParseLimits = ParseLimits()
    ) throws(SyntaxError) -> Document {
        try parse(Array(source.utf8), limits: limits)
    }

    fileprivate static func parse(
        _ source: [UInt8], _ limits: ParseLimits,
        _ production: (inout Parser) throws(SyntaxError) -> Void
    ) throws(SyntaxError) -> Document {
        try Lexer.reading(source) { lexer throws(SyntaxError) in
            var parser = try Parser(lexer: lexer, limits: limits)
            try production(&parser)
            return parser.document(of: source)
        }
    }
}

extension Value {
    /// Parses a source that is one value and nothing else.
    public static func parse(
        _ source: String, isConstant: Bool = false, limits: ParseLimits = ParseLimits()
    ) throws(SyntaxError) -> Value {
        let document = try Document.parse(Array(source.utf8), limits) {
            parser throws(SyntaxError) in
            try parser.root { parser throws(SyntaxError) in
                try parser.value(isConstant: isConstant)
            }
        }
        return Value(unchecked: document[1])
    }
}

extension TypeReference {
    /// Parses a source that is one type and nothing else.
    public static func parse(
        _ source: String, limits: ParseLimits = ParseLimits()
    ) throws(SyntaxError) -> TypeReference {
        let document = try Document.parse(Array(source.utf8), limits) {
            parser throws(SyntaxError) in
            try parser.root { parser throws(SyntaxError) in try parser.type() }
        }
        return TypeReference(unchecked: document[1])
    }
}
