import GraphQLTypes

/// Subscriptions: where their events come from, and how one becomes the root of an execution.
extension ResolverModel {
    func writeEventRow(_ text: inout SwiftText) {
        text.line()
        text.line("/// The root object of the execution that answers an event.")
        text.line("func root(of event: SubscriptionEvent) -> Int32 { events.append(event) }")
    }

    /// ```
    /// CreateSourceEventStream(subscription, schema, variableValues, initialValue)
    /// ```
    func writeSource(_ text: inout SwiftText) {
        guard let root = schema.subscriptionType else { return }
        let name = schema.name(of: root)
        text.line()
        text.block("enum GeneratedEvents") { text in
            text.line("/// The events of a field of \(name).")
            text.block(
                "@EventLoop static func stream(of field: FieldID, arguments: FieldArguments, "
                    + "in context: RequestContext) async throws "
                    + "-> any AsyncSequence<SubscriptionEvent, any Error>"
            ) { text in
                text.line(
                    "try await stream(from: \(name)(), of: field, arguments: arguments, "
                        + "in: context)", asOf: path, lineNumber: line(of: root))
            }
            text.line()
            text.block(
                "@EventLoop private static func stream(from root: some \(name)Fields, "
                    + "of field: FieldID, arguments: FieldArguments, "
                    + "in context: RequestContext) async throws "
                    + "-> any AsyncSequence<SubscriptionEvent, any Error>"
            ) { text in
                text.line("switch field.rawValue {")
                for field in schema[root].fields {
                    text.line("case \(field.rawValue):")
                    writeArgumentValues(of: field, &text)
                    text.line("let events = \(call(field, on: "root"))")
                    text.line(
                        "return wrap(events) { "
                            + ".\(SwiftName.member(schema.name(of: field)))($0) }")
                }
                text.line("default: preconditionFailure(\"the field is one of \(name)\")")
                text.line("}")
            }
            text.line()
            text.block(
                "private static func wrap<Events: AsyncSequence>(_ events: Events, "
                    + "_ wrap: @escaping @Sendable (Events.Element) -> SubscriptionEvent) "
                    + "-> any AsyncSequence<SubscriptionEvent, any Error> "
                    + "where Events.Failure == any Error"
            ) { text in text.line("events.map(wrap)") }
        }
    }
}
