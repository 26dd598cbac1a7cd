import GraphQLLanguage

/// Visits defaults, those first that others take values from: an object without a field takes it
/// from the field's own default. Without recursion, because such chains can be long.
package struct DefaultValueWalk {
    private let schema: Schema
    private var isVisited: [Bool]
    /// Where each input stands on the path, for those that do.
    private var places: [InputID: Int] = [:]
    private var path: [InputID] = []

    package init(_ schema: Schema) {
        self.schema = schema
        isVisited = [Bool](repeating: false, count: schema.inputCount)
    }

    /// Calls `finished` for `input` and what it takes values from, once for each input with a
    /// default, together with what that one takes values from. Calls `cycle` with the inputs whose
    /// defaults take values from each other in turn, the last of them from the first.
    package mutating func visit(
        _ input: InputID, finished: (InputID, [InputID]) -> Void = { _, _ in },
        cycle: (ArraySlice<InputID>) -> Void = { _ in }
    ) {
        guard let sources = enter(input, cycle) else { return }
        var steps = [Step(sources: sources)]
        while let last = steps.indices.last {
            if let source = steps[last].next() {
                if let sources = enter(source, cycle) { steps.append(Step(sources: sources)) }
            } else {
                let done = path.removeLast()
                places[done] = nil
                finished(done, steps.removeLast().sources)
            }
        }
    }

    /// An input whose sources are being visited.
    private struct Step {
        let sources: [InputID]
        var visited = 0

        init(sources: [InputID]) { self.sources = sources }

        mutating func next() -> InputID? {
            guard visited < sources.count else { return nil }
            visited += 1
            return sources[visited - 1]
        }
    }

    /// Puts `input` on the path. Returns the inputs its default takes values from, or nothing if
    /// it has been visited.
    private mutating func enter(
        _ input: InputID, _ cycle: (ArraySlice<InputID>) -> Void
    ) -> [InputID]? {
        if let place = places[input] { cycle(path[place...]) }
        guard !isVisited[input.index], let literal = schema.defaultValue(of: input) else {
            return nil
        }
        isVisited[input.index] = true
        places[input] = path.count
        path.append(input)
        var sources: [InputID] = []
        collectSources(of: literal, schema[input].type.named, &sources)
        return sources
    }

    private func collectSources(of literal: Value, _ type: TypeID, _ sources: inout [InputID]) {
        guard schema[type].kind == .inputObject else { return }
        switch literal.form {
        case .list(let items):
            for item in items { collectSources(of: item, type, &sources) }
        case .object(let fields):
            var given: [Name: Value] = [:]
            for field in fields { given[field.name] = field.value }
            for input in schema[type].inputFields {
                if let value = given[schema.definition(of: input).name] {
                    collectSources(of: value, schema[input].type.named, &sources)
                } else if schema[input].hasDefault {
                    sources.append(input)
                }
            }
        default: break
        }
    }
}
