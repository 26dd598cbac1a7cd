import GraphQLExecution
import GraphQLTypes
import Secrets

/// What is wrong with the arguments of a field, gathered so that all of it is said at once. Every
/// field that refuses some of what its arguments' types allow does so by this.
struct InputCheck {
    private var faults: [InputFault] = []
    private var sentences: [String] = []

    init() {}

    mutating func add(_ rule: String, of name: String, _ sentence: String) {
        faults.append(InputFault([.key(name)], rule))
        sentences.append(sentence)
    }

    /// Throws all that was wrong.
    func end() throws(GraphQLError) {
        guard !faults.isEmpty else { return }
        var error = GraphQLError(sentences.joined(separator: " "), code: .badUserInput)
        error.details = faults
        throw error
    }

    /// Throws all that was wrong; where nothing was, the values are there.
    func end<each Value>(
        with values: repeat (each Value)?
    ) throws(GraphQLError) -> (repeat each Value) {
        try end()
        return (repeat Self.found(each values))
    }

    @inline(__always) private static func found<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("what is faulty was told") }
        return value
    }

    /// What `read` makes of an argument, or nothing where that is a fault of it.
    mutating func value<Value>(
        of name: String, _ read: () throws(GraphQLError) -> Value
    ) -> Value? {
        do throws(GraphQLError) {
            return try read()
        } catch {
            faults += error.details.map { InputFault([.key(name)] + $0.path, $0.rule) }
            sentences.append(error.message)
            return nil
        }
    }

    mutating func value<Value>(_ given: Given<Value>, _ name: String) -> Value? {
        value(of: name) { () throws(GraphQLError) in try given.get() }
    }

    mutating func number(_ number: Int, _ name: String, in range: ClosedRange<Int>) -> Int? {
        if range.contains(number) { return number }
        add(
            "RANGE", of: name,
            "\(name) has to be from \(range.lowerBound) to \(range.upperBound); it is \(number).")
        return nil
    }

    mutating func pageSize(_ first: Int) -> PageSize? {
        number(first, "first", in: 1...PageSize.maximum).map { PageSize(count: $0) }
    }

    /// The place behind which to begin, of a list that is ordered by when things were made.
    mutating func place(after text: String?, in list: String) -> CreationPlace? {
        guard let text else { return nil }
        return value(of: "after") { () throws(GraphQLError) in
            try CreationPlace(after: text, in: list)
        }
    }

    /// A text of one line, without blanks at its ends.
    mutating func line(_ text: String, _ name: String, atMost longest: Int) -> String {
        let line = text.trimmingBlanks
        if line.unicodeScalars.count > longest {
            add("TOO_LONG", of: name, "\(name) has more than \(longest) characters.")
        }
        if line.hasControls {
            add("ONE_LINE", of: name, "\(name) has to be one line, without control characters.")
        } else if !line.isVisible {
            add("REQUIRED", of: name, "\(name) is empty.")
        } else if line.hasHidden {
            add("HIDDEN", of: name, "\(name) has a character in it that nobody sees.")
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
            && !scalars.contains { $0.isControl || $0.isBlank || $0.isHidden }
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

extension Given {
    /// The value of a field's only argument that may be at fault.
    func value(of name: String) throws(GraphQLError) -> Success
    where Failure == GraphQLError {
        if case .success(let value) = self { return value }
        var check = InputCheck()
        let value = check.value(self, name)
        return try check.end(with: value)
    }
}
