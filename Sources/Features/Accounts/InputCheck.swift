import GraphQLExecution
import GraphQLTypes
import Secrets

/// What is wrong with the values given to a field, gathered so that all of it is said at once.
struct InputCheck {
    private var faults: [InputFault] = []
    private var sentences: [String] = []

    init() {}

    mutating func add(_ rule: String, of name: String, _ sentence: String) {
        faults.append(InputFault([.key(name)], rule))
        sentences.append(sentence)
    }

    func end() throws(GraphQLError) {
        guard !faults.isEmpty else { return }
        var error = GraphQLError(sentences.joined(separator: " "), code: .badUserInput)
        error.details = faults
        throw error
    }

    /// A text of one line, without blanks at its ends.
    mutating func line(_ text: String, _ name: String, atMost longest: Int) -> String {
        let line = text.trimmingBlanks
        let count = line.unicodeScalars.count
        if count == 0 {
            add("REQUIRED", of: name, "\(name) is empty.")
        } else if count > longest {
            add("TOO_LONG", of: name, "\(name) has more than \(longest) characters.")
        }
        if line.unicodeScalars.contains(where: \.isControl) {
            add("ONE_LINE", of: name, "\(name) has to be one line, without control characters.")
        }
        return line
    }

    /// Somebody, `@`, and where; whether mail arrives there, only mail can tell.
    mutating func email(_ text: String, _ name: String = "email") -> String {
        let email = text.trimmingBlanks
        let scalars = email.unicodeScalars
        let parts = scalars.split(separator: "@", omittingEmptySubsequences: false)
        let isEmail =
            parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && !scalars.contains { $0.isControl || $0.properties.isWhitespace }
        if scalars.count > 254 {
            add("TOO_LONG", of: name, "\(name) has more than 254 characters.")
        } else if !isEmail {
            add("EMAIL", of: name, "\(name) is no email like ada@films.example.")
        }
        return email
    }

    mutating func password(_ text: String, _ name: String = "password") -> Password? {
        do throws(Password.Fault) {
            return try Password(text)
        } catch {
            switch error {
            case .tooShort:
                add(
                    "TOO_SHORT", of: name,
                    "\(name) has fewer than \(Password.fewestCharacters) characters.")
            case .tooLong:
                add("TOO_LONG", of: name, "\(name) has more than \(Password.mostBytes) bytes.")
            }
            return nil
        }
    }
}

extension String {
    /// Without blanks and line ends around it.
    var trimmingBlanks: String {
        let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        guard let first = unicodeScalars.firstIndex(where: { !isBlank($0) }),
            let last = unicodeScalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(unicodeScalars[first...last])
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}
