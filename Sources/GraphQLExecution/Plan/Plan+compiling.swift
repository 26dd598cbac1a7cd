public import GraphQLLanguage
public import GraphQLTypes
public import GraphQLValidation

extension Plan {
    /// Compiles the operation of `document` that a request asks for.
    public static func compile(
        _ document: ValidDocument, operationName: String? = nil,
        roads: any FieldRoads = PlainRoads(), access: AccessModel? = nil,
        limits: PlanLimits = PlanLimits()
    ) throws(GraphQLError) -> Plan {
        let operation = try document.document.operation(named: operationName)
        var compiler = PlanCompiler(
            document, operation: operation, roads: roads, access: access, limits: limits)
        return try compiler.compile()
    }
}

extension Document {
    /// ```
    /// GetOperation(document, operationName)
    /// ```
    public func operation(named name: String?) throws(GraphQLError) -> OperationDefinition {
        if let name {
            for operation in operations where operation.name?.text == name { return operation }
            throw GraphQLError(
                "Unknown operation named \"\(name)\".", code: .operationResolutionFailure)
        }
        var operations = self.operations.makeIterator()
        guard let operation = operations.next() else {
            throw GraphQLError("Must provide an operation.", code: .operationResolutionFailure)
        }
        guard operations.next() == nil else {
            throw GraphQLError(
                "Must provide operation name if query contains multiple operations.",
                code: .operationResolutionFailure)
        }
        return operation
    }
}
