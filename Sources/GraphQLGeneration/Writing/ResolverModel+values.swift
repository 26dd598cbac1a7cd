import GraphQLTypes

/// Enum types, input objects and abstract types.
extension ResolverModel {
    /// ```swift
    /// enum Genre: String { case scienceFiction = "SCIENCE_FICTION" }
    /// ```
    func writeEnum(_ type: TypeID, _ text: inout SwiftText) {
        text.line()
        let protocols = "String, CaseIterable, Sendable, OutputScalar, InputScalar"
        text.block("enum \(schema.name(of: type)): \(protocols)") { text in
            for value in schema[type].enumValues {
                let name = schema.name(of: value)
                text.line("case \(SwiftName.member(SwiftName.enumCase(name))) = \"\(name)\"")
            }
            text.line()
            text.block("@EventLoop func write(into response: inout ResponseWriter)") { text in
                text.line("switch self {")
                for value in schema[type].enumValues {
                    let name = schema.name(of: value)
                    let member = SwiftName.member(SwiftName.enumCase(name))
                    text.line("case .\(member): response.append(name: \"\(name)\")")
                }
                text.line("}")
            }
        }
    }

    /// ```swift
    /// struct CreateReviewInput: InputScalar { let text: String }
    /// ```
    func writeInput(_ type: TypeID, _ text: inout SwiftText) {
        if schema[type].isOneOf { return writeOneOf(type, &text) }
        text.line()
        text.block("struct \(schema.name(of: type)): InputScalar") { text in
            let fields = schema[type].inputFields
            for field in fields {
                text.line("let \(member(field)): \(inputFieldType(field))")
            }
            text.line()
            text.block("init(input: InputValue) throws(GraphQLError)") { text in
                for field in fields {
                    let read = isMaybe(field) ? "maybe" : "value"
                    let name = schema.name(of: field)
                    text.line("\(selfMember(field)) = try input.\(read)(of: \"\(name)\")")
                }
            }
            text.line()
            let parameters = fields.map { field in
                let none = isMaybe(field) ? " = .absent" : ""
                return "\(member(field)): \(inputFieldType(field))\(none)"
            }
            text.block("init(\(parameters.joined(separator: ", ")))") { text in
                for field in fields { text.line("\(selfMember(field)) = \(member(field))") }
            }
        }
    }

    /// ```swift
    /// enum MovieBy: InputScalar { case id(ID), slug(String) }
    /// ```
    private func writeOneOf(_ type: TypeID, _ text: inout SwiftText) {
        let name = schema.name(of: type)
        text.line()
        text.block("indirect enum \(name): InputScalar") { text in
            let fields = schema[type].inputFields
            for field in fields {
                text.line("case \(member(field))(\(inputType(schema[field].type.nonNull)))")
            }
            text.line()
            text.block("init(input: InputValue) throws(GraphQLError)") { text in
                text.line("switch try input.onlyField() {")
                for field in fields {
                    text.line(
                        "case (\"\(schema.name(of: field))\", let value): "
                            + "self = .\(member(field))(try .init(input: value))")
                }
                text.line(
                    "default: throw GraphQLError(\"Expected one of the fields of \(name).\", "
                        + "breaking: \"ONE_OF\")")
                text.line("}")
            }
        }
    }

    /// Whether it can be told apart if the field was left out or is null.
    private func isMaybe(_ field: InputID) -> Bool {
        !schema[field].type.isNonNull && !schema[field].hasDefault
    }

    private func inputFieldType(_ field: InputID) -> String {
        let type = schema[field].type
        return isMaybe(field) ? "Maybe<\(inputType(type.nonNull))>" : inputType(type)
    }

    private func member(_ field: InputID) -> String { SwiftName.member(schema.name(of: field)) }

    private func selfMember(_ field: InputID) -> String { "self.\(member(field))" }

    /// ```swift
    /// enum SearchResult { case movie(Movie), person(Person) }
    /// ```
    func writeAbstract(_ type: TypeID, _ text: inout SwiftText) {
        text.line()
        text.block("enum \(schema.name(of: type))") { text in
            for object in schema.possibleTypes(of: type) {
                text.line("case \(caseName(object))(\(schema.name(of: object)))")
            }
        }
    }

    func caseName(_ object: TypeID) -> String {
        SwiftName.member(SwiftName.lowerCamelCase(schema.name(of: object)))
    }

    /// ```swift
    /// enum SubscriptionEvent { case sessionEvents(SessionEvent) }
    /// ```
    func writeEvents(_ text: inout SwiftText) {
        guard let root = schema.subscriptionType else { return }
        text.line()
        text.line("/// An event of some field of \(schema.name(of: root)).")
        text.block("enum SubscriptionEvent") { text in
            for field in schema[root].fields {
                let name = SwiftName.member(schema.name(of: field))
                text.line("case \(name)(\(outputType(schema[field].type)))")
            }
        }
    }
}
