import GraphQLLanguage
import GraphQLTypes

/// [Root Operation Types](https://spec.graphql.org/September2025/#sec-Root-Operation-Types)
extension ValidityErrors {
    mutating func checkRoots() {
        if schema.queryType == nil {
            let definition = schema.schemaNodes.first { !$0.isExtension }
            report("Query root type must be provided.", at: definition?.node)
        }
        for operation in [OperationType.query, .mutation, .subscription] {
            checkRoot(operation)
        }
        checkRootsDiffer()
    }

    private mutating func checkRoot(_ operation: OperationType) {
        guard let type = schema.rootType(operation), schema[type].kind != .object else { return }
        let condition = operation == .query ? "" : " if provided"
        report(
            "\(operation.title) root type must be Object type\(condition), it cannot be "
                + "\(name(type)).", at: place(operation) ?? definitions(type).first ?? nil)
    }

    private mutating func checkRootsDiffer() {
        var uses: [(type: TypeID, operations: [OperationType])] = []
        for operation in [OperationType.query, .mutation, .subscription] {
            guard let type = schema.rootType(operation), schema[type].kind == .object else {
                continue
            }
            if let index = uses.firstIndex(where: { $0.type == type }) {
                uses[index].operations.append(operation)
            } else {
                uses.append((type, [operation]))
            }
        }
        for (type, operations) in uses where operations.count > 1 {
            let names = operations.map { "\($0.name)" }
            let list =
                names.count == 2
                ? names.joined(separator: " and ") : "query, mutation, and subscription"
            report(
                "All root types must be different, \"\(name(type))\" type is used as \(list) "
                    + "root types.", at: operations.map { place($0) })
        }
    }

    /// Where the schema's definition or its extensions name a root type.
    private func place(_ operation: OperationType) -> Node? {
        let definitions = schema.schemaNodes.filter { !$0.isExtension }
        let extensions = schema.schemaNodes.filter(\.isExtension)
        for definition in definitions + extensions {
            for type in definition.operationTypes where type.operation == operation {
                return type.type.node
            }
        }
        return nil
    }
}

extension OperationType {
    fileprivate var title: String {
        switch self {
        case .query: "Query"
        case .mutation: "Mutation"
        case .subscription: "Subscription"
        }
    }
}
