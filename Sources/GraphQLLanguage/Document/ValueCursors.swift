/// Cursors over values and types.

/// `$name`
@frozen public struct Variable: NamedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .variable }
}

/// A literal or a variable.
@frozen public struct Value: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind.isValue }

    @frozen public enum Form: Sendable {
        case variable(Variable)
        /// The digits are the node's text.
        case int(Node)
        case float(Node)
        case string(StringLiteral)
        case boolean(Bool)
        case null
        case `enum`(Name)
        case list(NodeList<Value>)
        case object(NodeList<ObjectField>)
    }

    @inlinable public var form: Form {
        switch node.kind {
        case .variable: .variable(Variable(unchecked: node))
        case .intValue: .int(node)
        case .floatValue: .float(node)
        case .stringValue: .string(StringLiteral(unchecked: node))
        case .booleanValue: .boolean(node.record.detail != 0)
        case .nullValue: .null
        case .enumValue: .enum(node.name)
        case .listValue: .list(NodeList(childrenOf: node))
        default: .object(NodeList(childrenOf: node))
        }
    }

    @inlinable public var kind: NodeKind { node.kind }
}

/// `name: value` in an input object.
@frozen public struct ObjectField: NamedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .objectField }

    @inlinable public var value: Value { Value(unchecked: node.requiredLast) }
}

/// `Name`, `[Type]`, and either with an exclamation mark.
@frozen public struct TypeReference: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind.isType }

    @inlinable public var isNonNull: Bool { node.record.flags.contains(.isNonNull) }
    @inlinable public var isList: Bool { node.kind == .listType }
    /// Of a list: the type of its items.
    @inlinable public var itemType: TypeReference? {
        isList ? TypeReference(unchecked: node.document[node.index + 1]) : nil
    }

    /// The name inside all lists. It is the last node below the outermost one.
    @inlinable public var named: NamedType {
        NamedType(unchecked: node.document[Int(node.record.next) - 1])
    }
}

/// The name of a type.
@frozen public struct NamedType: NamedNode {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { kind == .namedType }
}

/// A string or a description, between single or triple quotes.
@frozen public struct StringLiteral: NodeCursor {
    public let node: Node
    @inlinable public init(unchecked node: Node) { self.node = node }
    @inlinable public static func includes(_ kind: NodeKind) -> Bool {
        kind == .stringValue || kind == .description
    }

    @inlinable public var isBlock: Bool { node.record.flags.contains(.isBlock) }

    /// What the literal stands for: escapes resolved, a block's indentation removed. O(length).
    public var value: String { String(decoding: bytes, as: UTF8.self) }

    /// The same in UTF-8.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    /// Appends the same to bytes that are there already.
    public func append(to bytes: inout [UInt8]) {
        let quotes = isBlock ? 3 : 1
        let text = (node.start + quotes)..<(node.end - quotes)
        node.document.source.withUnsafeBufferPointer { source in
            if isBlock {
                bytes.append(blockStringValueOf: UnsafeBufferPointer(rebasing: source[text]))
            } else if node.record.flags.contains(.hasEscapes) {
                bytes.append(stringValueOf: text, in: source)
            } else {
                bytes += source[text]
            }
        }
    }
}
