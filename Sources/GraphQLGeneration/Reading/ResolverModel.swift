import GraphQLLanguage
package import GraphQLTypes
import GraphQLValidation

/// A schema that resolvers can be generated for, and what its fields need.
package struct ResolverModel: Sendable {
    package let schema: Schema
    /// The path of the schema's file, to which the compiler's messages point.
    let path: String
    private let needs: [FieldID: FieldNeeds.Need]
    private let lines: LineTable

    /// Reads both files and reports all their mistakes.
    package init(schema file: SourceFile, loads: SourceFile? = nil) throws(GenerationErrors) {
        let schema: Schema
        do {
            schema = try Schema.checked(String(decoding: file.bytes, as: UTF8.self))
            // No rule looks at what it is given.
            _ = try FieldRateLimits(schema)
        } catch {
            let start = SourceLocation(line: 1, column: 1)
            throw GenerationErrors(
                errors: error.errors.map {
                    GenerationError($0.message, at: $0.locations.first ?? start, in: file.path)
                })
        }
        let needs = FieldNeeds(loads, of: schema)
        self.schema = schema
        self.needs = needs.needs
        path = file.path
        lines = LineTable(source: file.bytes)
        let errors = limitErrors + directiveErrors + needs.errors
        if !errors.isEmpty { throw GenerationErrors(errors: errors) }
    }
}

/// What a field's resolver looks like.
extension ResolverModel {
    enum Form {
        /// A member of the object: a stored value, or one that is worked out of stored ones.
        case property
        /// A function that is given the context, behind its arguments.
        case function
        /// A field of Query or Mutation: a function that may wait.
        case asynchronous
        /// A function that returns the load of its value.
        case load
        /// A field of Subscription: a function that returns a sequence of events.
        case stream
    }

    func form(of field: FieldID) -> Form {
        let record = schema[field]
        if record.parent == schema.subscriptionType { return .stream }
        switch needs[field] {
        case .load: return .load
        case .context: return .function
        case nil: break
        }
        if isRoot(record.parent) { return .asynchronous }
        return record.arguments.isEmpty ? .property : .function
    }

    func road(of field: FieldID) -> GraphQLRoad {
        switch form(of: field) {
        case .asynchronous: return .asynchronous
        case .load, .stream: return .resolved
        case .property, .function: break
        }
        let record = schema[field]
        guard schema[record.type.named].kind.isLeaf else { return .resolved }
        // In a list, an item that cannot be written has to fail on its own.
        return record.type.listDepth == 0 || cannotFail(record.type.named) ? .written : .resolved
    }

    private func cannotFail(_ leaf: TypeID) -> Bool {
        let builtIn = schema[leaf].builtInScalar
        return schema[leaf].kind == .enum || builtIn == .string || builtIn == .boolean
    }

    func isRoot(_ type: TypeID) -> Bool {
        type == schema.queryType || type == schema.mutationType
            || type == schema.subscriptionType
    }

    /// The document's own types of a kind, in its order.
    func types(_ kind: TypeKind) -> [TypeID] {
        schema.types.filter { schema[$0].kind == kind && isOwn($0) }
    }

    func isOwn(_ type: TypeID) -> Bool {
        !schema[type].isIntrospection && schema[type].builtInScalar == nil
    }

    func line(of field: FieldID) -> Int {
        lines.location(of: schema.definition(of: field).name.start).line
    }

    func line(of type: TypeID) -> Int {
        schema.definitions(of: type).first.map { lines.location(of: $0.name.start).line } ?? 1
    }
}

/// Mirrors the executor's roads, on which this module does not depend.
enum GraphQLRoad: String { case written, resolved, asynchronous }

/// What the schema language allows and resolvers cannot be generated for.
extension ResolverModel {
    private var limitErrors: [GenerationError] {
        let own = schema.types.filter(isOwn)
        return own.flatMap { nameErrors($0) + inputErrors($0) + caseErrors($0) + rootErrors($0) }
    }

    private func nameErrors(_ type: TypeID) -> [GenerationError] {
        let name = schema.name(of: type)
        guard SwiftName.takenTypes.contains(name) else { return [] }
        let message = "The name \(name) means something else in resolvers; choose another one."
        return [error(message, schema.definitions(of: type).first?.name)]
    }

    /// An input object's fields become the parameters of an initializer.
    private func inputErrors(_ type: TypeID) -> [GenerationError] {
        schema[type].inputFields.filter { schema.name(of: $0) == "self" }.map {
            error(
                "The name self means something else in Swift; choose another one.",
                schema.definition(of: $0).name)
        }
    }

    /// Cases whose Swift names are equal.
    private func caseErrors(_ type: TypeID) -> [GenerationError] {
        var seen: [String: String] = [:]
        var errors: [GenerationError] = []
        for value in schema[type].enumValues {
            let name = schema.name(of: value)
            if let other = seen.updateValue(name, forKey: SwiftName.enumCase(name)) {
                let message = "\(name) and \(other) would be the same case in Swift."
                errors.append(error(message, schema.definition(of: value).name))
            }
        }
        return errors
    }

    /// The fields of a root type may wait, which fields below the root may not.
    private func rootErrors(_ type: TypeID) -> [GenerationError] {
        let fields = schema[type].fields.filter { isRoot(schema[$0].type.named) }
        let members = schema.possibleTypes(of: type).filter {
            isRoot($0) && schema[type].kind.isAbstract
        }
        return fields.map {
            let root = schema.name(of: schema[$0].type.named)
            return error(
                "\(root) is a root type, which no field can answer with.",
                schema.definition(of: $0).name)
        }
            + members.map {
                let message =
                    "\(schema.name(of: $0)) is a root type, which no other type can include."
                return error(message, schema.definitions(of: type).first?.name)
            }
    }

    private func error(_ message: String, _ name: Name?) -> GenerationError {
        let start = SourceLocation(line: 1, column: 1)
        return GenerationError(message, at: name?.location ?? start, in: path)
    }
}
