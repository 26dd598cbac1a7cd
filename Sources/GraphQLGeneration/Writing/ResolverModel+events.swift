import GraphQLTypes

/// Subscriptions: where their events come from, and how one becomes the root of an execution.
extension ResolverModel {
    func writeEventRow(_ text: inout SwiftText) {
        text.line()
        text.line("/// The root object of the execution that answers an event.")
        text.line(
            "fileprivate func root(of event: SubscriptionEvent) -> Int32 { events.append(event) }")
    }

    /// ```
    /// CreateSourceEventStream(subscription, schema, variableValues, initialValue)
    /// ```
    /// Each event is answered in a context of its own, so that nothing is remembered in between.
    func writeSource(_ text: inout SwiftText) {
        guard let root = schema.subscriptionType else { return }
        let name = schema.name(of: root)
        text.line()
        text.block("@EventLoop extension GeneratedResolvers: SubscriptionResolvers") { text in
            text.block(
                "func subscribe(to field: PlannedField, of row: Int32, in execution: Execution) "
                    + "async throws -> any EventStream"
            ) { text in
                text.line(
                    "try await events(from: \(name)(), of: field.field, "
                        + "FieldArguments(execution.arguments(of: field)))",
                    asOf: path, lineNumber: line(of: root))
            }
            text.line()
            text.block(
                "private func events(from root: some \(name)Fields, of field: FieldID, "
                    + "_ arguments: FieldArguments) async throws -> any EventStream"
            ) { text in
                text.line("switch field.rawValue {")
                for field in schema[root].fields {
                    text.line("case \(field.rawValue):")
                    writeArgumentValues(of: field, &text)
                    text.line("let events = \(call(field, on: "root"))")
                    text.line(
                        "return follow(events) { "
                            + ".\(SwiftName.member(schema.name(of: field)))($0) }")
                }
                text.line("default: preconditionFailure(\"the field is one of \(name)\")")
                text.line("}")
            }
            text.line()
            text.block(
                "private func follow<Elements: AsyncSequence>(_ elements: Elements, "
                    + "_ wrap: @escaping @Sendable (Elements.Element) -> SubscriptionEvent) "
                    + "-> any EventStream where Elements.Element: Sendable"
            ) { text in
                text.line("let context = self.context")
                text.line("return SequencedEvents(elements) { element in")
                text.line("    let resolvers = GeneratedResolvers(context: context.forNextEvent())")
                text.line("    let root = resolvers.root(of: wrap(element))")
                text.line("    return Event(resolvers: resolvers, root: root)")
                text.line("}")
            }
        }
    }
}
