/// One environment variable: all that its reader, the help, and the docs page say about it.
package struct ConfigurationVariable: Sendable {
    package let name: String
    package let section: Section
    package let meaning: String
    /// How its value is written.
    package let wording: String
    package let example: String
    package let isSecret: Bool
    let production: Fallback
    let development: Fallback
    let parse: @Sendable (String, ReadingContext, inout Configuration) throws(ValueProblem) -> Void

    /// Groups of the help and of the docs page, in their order.
    package enum Section: String, Sendable, CaseIterable {
        case basics = "Basics"
        case logs = "Logs"
        case access = "Who may call"
        case data = "Data and keys"
        case limits = "Limits"
        case rates = "Limits in time"
        case times = "Time limits"
        case graphQL = "GraphQL"
        case webSockets = "WebSockets"
        case events = "Events"
        case traces = "Traces"
        case work = "Compression and threads"
    }

    /// What holds where the variable is not set.
    enum Fallback: Sendable, Equatable, ExpressibleByStringLiteral {
        /// Read like a given value.
        case text(String)
        case required
        /// The property keeps its blank; the words say what that means.
        case absent(String)

        init(stringLiteral text: String) { self = .text(text) }
    }
}

extension ConfigurationVariable {
    init<Value>(
        _ name: String, _ section: Section,
        _ property: any WritableKeyPath<Configuration, Value> & Sendable, _ form: ValueForm<Value>,
        _ fallback: Fallback, inDevelopment: Fallback? = nil, example: String,
        isSecret: Bool = false, _ meaning: String
    ) {
        self.name = name
        self.section = section
        self.meaning = meaning
        self.wording = form.wording
        self.example = example
        self.isSecret = isSecret
        production = fallback
        development = inDevelopment ?? fallback
        parse = { text, context, configuration throws(ValueProblem) in
            configuration[keyPath: property] = try form.read(text, context)
        }
    }

    func fallback(in mode: Configuration.Mode?) -> Fallback {
        mode == .development ? development : production
    }

    static func named(_ name: String) -> ConfigurationVariable? { table.first { $0.name == name } }
}
