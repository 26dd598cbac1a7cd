import Bytes

/// Names of the schema as Swift writes them.
enum SwiftName {
    /// A member, argument or case: a word that Swift keeps for itself stands in back-ticks.
    static func member(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }

    /// The label of an argument in a call, where few words are kept.
    static func label(_ name: String) -> String {
        ["inout", "let", "var"].contains(name) ? "`\(name)`" : name
    }

    /// `Movie` as `movie`, `URLList` as `urlList`.
    static func lowerCamelCase(_ name: String) -> String {
        let letters = Array(name.utf8)
        var end = letters.prefix { $0.isUppercase || $0.isDigit }.count
        if end > 1, end < letters.count { end -= 1 }
        let head = letters[..<end].map(\.lowercased)
        return String(decoding: head + letters[end...], as: UTF8.self)
    }

    /// `SCIENCE_FICTION` as `scienceFiction`; names that are not all capitals stay as they are.
    static func enumCase(_ name: String) -> String {
        guard !name.utf8.contains(where: { $0.isLetter && !$0.isUppercase }) else { return name }
        let underscores = name.prefix { $0 == "_" }
        let words = name.utf8.split(separator: UInt8(ascii: "_"))
        var text = ""
        for word in words {
            let lower = word.map(\.lowercased)
            let startsWithDigit = word.first?.isDigit == true
            if text.isEmpty {
                text = String(decoding: lower, as: UTF8.self)
            } else if startsWithDigit {
                // Without the underscore, PART_1_1 and PART_11 were one.
                text += "_" + String(decoding: lower, as: UTF8.self)
            } else {
                text += String(decoding: word.prefix(1) + lower.dropFirst(), as: UTF8.self)
            }
        }
        return underscores + text
    }

    /// What generated code, or all Swift code, calls something else by.
    static let takenTypes: Set<String> = [
        "Any", "Array", "Bool", "CaseIterable", "Double", "Error", "EventLoop", "Execution",
        "FieldArguments", "FieldID", "FieldRoad", "FieldRoads", "GeneratedFields",
        "GeneratedResolvers",
        "GeneratedRoads", "GeneratedSchema", "Given", "GraphQLError", "InputScalar", "InputValue",
        "Int32",
        "Load", "LoadReference", "LoadedValues", "LoaderSet", "Maybe", "Optional", "Outcomes",
        "OutputScalar",
        "PlannedField", "Protocol", "RequestContext", "Resolvers", "ResponseWriter", "OwnedColumn",
        "Schema", "Self", "Sendable", "SubscriptionEvent", "Text", "Type", "TypeID",
        "UnsafeBufferPointer",
    ]

    private static let keywords: Set<String> = [
        "Any", "Protocol", "Self", "Type", "actor", "as", "associatedtype", "await", "break",
        "case", "catch", "class", "continue", "default", "defer", "deinit", "do", "else", "enum",
        "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if",
        "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator",
        "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return",
        "self", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true",
        "try", "typealias", "var", "where", "while",
    ]
}
