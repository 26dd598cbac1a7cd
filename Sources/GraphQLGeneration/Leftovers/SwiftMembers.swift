/// What a Swift file declares in types and extensions, as far as resolvers are concerned.
struct SwiftMembers {
    struct Member {
        enum Kind { case stored, computed, function }

        let kind: Kind
        /// `title`, or `reviews(first:in:)`
        let name: String
        let offset: Int
        /// Others cannot see it, or it belongs to the type and not to its objects.
        let isHidden: Bool
        /// Whether it is given the request's context.
        let hasContext: Bool
    }

    struct Body {
        let typeName: String
        let isExtension: Bool
        let protocols: Set<String>
        let members: [Member]
    }

    private(set) var bodies: [Body] = []
    private let tokens: [SwiftToken]

    init(_ source: [UInt8]) {
        tokens = SwiftToken.tokens(of: source)
        for start in tokens.indices where isDeclaration(at: start) { read(from: start) }
    }

    private static let declarations: Set = ["struct", "class", "enum", "actor", "extension"]
    private static let members: Set = ["var", "let", "func"]
    private static let modifiers: Set = [
        "private", "fileprivate", "internal", "package", "public", "static", "class", "final",
        "override", "lazy", "mutating", "nonisolated", "unowned", "weak",
    ]
    /// With what a declaration begins, and the one before it is over.
    private static let beginnings: Set<String> = members.union(modifiers).union(declarations)
        .union(["init", "deinit", "subscript", "case", "typealias", "protocol", "@", "}"])

    private func isDeclaration(at index: Int) -> Bool {
        guard Self.declarations.contains(tokens[index].text), index + 1 < tokens.count else {
            return false
        }
        // `class func` and `class var` declare members.
        let next = tokens[index + 1]
        return next.isWord && !Self.beginnings.contains(next.text)
            && (index == 0 || tokens[index - 1].text != ".")
    }

    /// ```swift
    /// extension Cinema.Movie: MovieFields where … { … }
    /// ```
    private mutating func read(from start: Int) {
        guard let open = tokens[start...].firstIndex(where: { $0.text == "{" }) else { return }
        let header = tokens[(start + 1)..<open]
        let name = header.prefix { $0.isWord || $0.text == "." }.last { $0.isWord }
        let conformances = header.drop { $0.text != ":" }.prefix { $0.text != "where" }
        bodies.append(
            Body(
                typeName: name?.text ?? "", isExtension: tokens[start].text == "extension",
                protocols: Set(conformances.filter(\.isWord).map(\.text)),
                members: members(in: (open + 1)..<closing(open))))
    }

    private func members(in body: Range<Int>) -> [Member] {
        var members: [Member] = []
        var index = body.lowerBound
        while index < body.upperBound {
            let token = tokens[index]
            if "([{".contains(token.text) {
                index = closing(index) + 1
                continue
            }
            if Self.members.contains(token.text), index + 1 < body.upperBound {
                members.append(member(at: index, in: body))
                index += 1
            }
            index += 1
        }
        return members
    }

    private func member(at index: Int, in body: Range<Int>) -> Member {
        let name = tokens[index + 1]
        let isHidden = isHidden(at: index, in: body)
        guard tokens[index].text == "func" else {
            let end = tokens[(index + 2)..<body.upperBound].first {
                $0.text == "{" || $0.text == "=" || Self.beginnings.contains($0.text)
            }
            return Member(
                kind: end?.text == "{" ? .computed : .stored, name: name.text,
                offset: name.offset, isHidden: isHidden, hasContext: false)
        }
        let parameters = parameters(after: index + 2, in: body)
        let labels = parameters.map { $0.label + ":" }.joined()
        return Member(
            kind: .function, name: "\(name.text)(\(labels))", offset: name.offset,
            isHidden: isHidden, hasContext: parameters.contains(where: \.isContext))
    }

    private func isHidden(at index: Int, in body: Range<Int>) -> Bool {
        var hides = false
        var position = index - 1
        while position >= body.lowerBound {
            let text = tokens[position].text
            if text == ")" {
                // Only its setter: private(set)
                guard position >= 3, tokens[position - 1].text == "set" else { break }
                position -= 3
            } else if Self.modifiers.contains(text) {
                hides = hides || ["private", "fileprivate", "static", "class"].contains(text)
            } else {
                break
            }
            position -= 1
        }
        return hides
    }

    private func parameters(
        after start: Int, in body: Range<Int>
    ) -> [(label: String, isContext: Bool)] {
        guard let open = tokens[start..<body.upperBound].firstIndex(where: { $0.text == "(" })
        else { return [] }
        var parameters: [(label: String, isContext: Bool)] = []
        var index = open + 1
        let end = closing(open)
        var isLabel = true
        while index < end {
            let text = tokens[index].text
            if isLabel {
                parameters.append((text, false))
                isLabel = false
            } else if text == "," {
                isLabel = true
            } else if text == "RequestContext" {
                parameters[parameters.count - 1].isContext = true
            } else if "([{".contains(text) {
                index = closing(index)
            } else if text == "<" {
                index = tokens[index..<end].firstIndex { $0.text == ">" } ?? index
            }
            index += 1
        }
        return parameters
    }

    /// The index of the bracket that closes the one at `open`.
    private func closing(_ open: Int) -> Int {
        var depth = 0
        for index in open..<tokens.count where !tokens[index].isWord {
            if "([{".contains(tokens[index].text) { depth += 1 }
            if ")]}".contains(tokens[index].text) { depth -= 1 }
            if depth == 0 { return index }
        }
        return tokens.count
    }
}
