/// What several productions have in common. A cursor says which of these it is, and states only
/// what is its own.

/// A production that always has a name.
public protocol NamedNode: NodeCursor {}

extension NamedNode {
    /// The name, without a `$` or `@` that stands before it.
    @inlinable public var name: Name { node.name }
}

/// A production that may begin with a description.
public protocol DescribedNode: NodeCursor {}

extension DescribedNode {
    @inlinable public var description: StringLiteral? { node.description }
}

/// A production that may have directives.
public protocol DirectedNode: NodeCursor {}

extension DirectedNode {
    @inlinable public var directives: NodeList<Directive> {
        NodeList(childrenOf: node, if: .hasDirectives)
    }
}

/// A definition, or the extension of one.
public protocol ExtensibleNode: NodeCursor {}

extension ExtensibleNode {
    @inlinable public var isExtension: Bool { node.kind.isExtension }
}

/// The definition of a type, or the extension of one.
public protocol TypeDefinitionNode: ExtensibleNode, DescribedNode, NamedNode, DirectedNode {}
