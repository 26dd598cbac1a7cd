import GraphQLLanguage
import GraphQLTypes

/// A schema under examination, and what has been found wrong with it.
///
/// What the specification itself defines has no place in the document, so errors do not point at
/// it.
struct ValidityErrors {
    let schema: Schema
    private(set) var errors: DefinitionErrors

    init(_ schema: Schema, maximumErrors: Int) {
        self.schema = schema
        errors = DefinitionErrors(schema.document, maximumErrors: maximumErrors)
    }

    var isFull: Bool { errors.isFull }

    mutating func report(_ message: String, at nodes: Node?...) {
        report(message, at: nodes)
    }

    mutating func report(_ message: String, at nodes: some Sequence<Node?>) {
        let nodes = nodes.compactMap { node in
            node.flatMap { $0.document === schema.document ? $0 : nil }
        }
        errors.report(message, at: nodes)
    }

    /// [Reserved Names](https://spec.graphql.org/September2025/#sec-Names.Reserved-Names)
    mutating func checkName(_ name: String, _ node: Node?) {
        guard name.utf8.starts(with: "__".utf8) else { return }
        report(
            "Name \"\(name)\" must not begin with \"__\", which is reserved by GraphQL "
                + "introspection.", at: node)
    }
}

/// Texts and nodes that several topics need.
extension ValidityErrors {
    func name(_ type: TypeID) -> String { schema.name(of: type) }
    func text(_ type: WrappedType) -> String { schema.text(of: type) }
    func kind(_ type: WrappedType) -> TypeKind { schema[type.named].kind }

    func definitions(_ type: TypeID) -> [Node?] { schema.definitions(of: type).map(\.node) }

    /// Where the definition of `type` and its extensions say that it implements, or consists of,
    /// `other`.
    func mentions(of other: TypeID, in type: TypeID) -> [Node?] {
        guard let name = schema.definitions(of: other).first?.name else { return [] }
        return schema.definitions(of: type).flatMap { definition in
            definition.node.children.filter { $0.kind == .namedType && $0.name == name }
        }
    }

    func deprecation(_ directives: NodeList<Directive>) -> Node? {
        directives.first { $0.name == "deprecated" }?.node
    }
}

extension Schema {
    func coordinate(_ field: FieldID, of type: TypeID) -> String {
        "\(name(of: type)).\(name(of: field))"
    }
}
