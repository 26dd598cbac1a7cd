import GraphQLLanguage
public import GraphQLTypes

/// What somebody has to be to be answered, as `@auth` says it.
public struct AccessRule: Hashable, Sendable {
    /// The role of a person.
    public let role: String
    /// By which scope a service does it; none may where nothing is said.
    public let scope: String?

    public init(role: String, scope: String? = nil) { (self.role, self.scope) = (role, scope) }
}

/// Whom a schema lets ask for what. Made once for a schema; immutable.
///
/// The schema says so with
/// ```
/// directive @auth(requires: Role! = USER, scope: Scope) on
///   ARGUMENT_DEFINITION | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT
/// ```
/// of whose enumerations only the names of values count. What is said of an object is said of all
/// its fields, and what is said of an interface's field of the fields that implement it. Who gives
/// an argument or input field its default value gives nothing.
public final class AccessModel: Sendable {
    private let rulesOfFields: [FieldID: [AccessRule]]
    private let rulesOfInputs: [InputID: [AccessRule]]
    /// Types of which some value may hold an input field with rules.
    private let guardedTypes: Set<TypeID>
    private let guardedFields: Set<FieldID>
    /// Whether introspection shows only what who asks may ask for.
    public let limitsIntrospection: Bool

    public init(_ schema: Schema, limitsIntrospection: Bool = false) {
        self.limitsIntrospection = limitsIntrospection
        let reading = Reading(schema)
        rulesOfFields = reading.fields
        rulesOfInputs = reading.inputs
        let guarded = Self.guardedTypes(schema, reading.inputs)
        guardedTypes = guarded
        guardedFields = Set(
            (0..<schema.fieldCount).map { FieldID($0) }.filter { field in
                schema[field].arguments.contains { argument in
                    reading.inputs[argument] != nil
                        || guarded.contains(schema[argument].type.named)
                }
            })
    }

    public func rules(of field: FieldID) -> [AccessRule] { rulesOfFields[field] ?? [] }

    public func rules(of input: InputID) -> [AccessRule] { rulesOfInputs[input] ?? [] }

    /// Whether what is given to a field may be more than everybody may give.
    func guardsArguments(of field: FieldID) -> Bool { guardedFields.contains(field) }

    func guardsValues(of type: TypeID) -> Bool { guardedTypes.contains(type) }

    /// Types that hold guarded input fields, directly or by others that do.
    private static func guardedTypes(
        _ schema: Schema, _ rules: [InputID: [AccessRule]]
    ) -> Set<TypeID> {
        var guarded: Set<TypeID> = []
        var known = -1
        while known < guarded.count {
            known = guarded.count
            for type in schema.types where !guarded.contains(type) {
                let isGuarded = schema[type].inputFields.contains { field in
                    rules[field] != nil || guarded.contains(schema[field].type.named)
                }
                if isGuarded { guarded.insert(type) }
            }
        }
        return guarded
    }
}

/// What is written next to definitions.
private struct Reading {
    var fields: [FieldID: [AccessRule]] = [:]
    var inputs: [InputID: [AccessRule]] = [:]
    private let usualRole: String

    init(_ schema: Schema) {
        let directive = schema.directives.first { schema.name(of: $0) == "auth" }
        let requires = directive.flatMap { directive in
            schema[directive].arguments.first { schema.name(of: $0) == "requires" }
        }
        usualRole = requires.flatMap { schema.defaultValue(of: $0)?.enumName } ?? ""
        for type in schema.types {
            let ofType = rules(schema.definitions(of: type).map(\.directives))
            for field in schema[type].fields {
                let own = rules([schema.definition(of: field).directives])
                let inherited = schema.interfaces(of: type).compactMap { interface in
                    schema.field(schema[field].name, of: interface)
                }
                let all =
                    ofType + own
                    + inherited.flatMap { rules([schema.definition(of: $0).directives]) }
                if !all.isEmpty { fields[field] = all }
                for argument in schema[field].arguments { read(argument, of: schema) }
            }
            for field in schema[type].inputFields { read(field, of: schema) }
        }
    }

    private mutating func read(_ input: InputID, of schema: Schema) {
        let own = rules([schema.definition(of: input).directives])
        if !own.isEmpty { inputs[input] = own }
    }

    private func rules(_ lists: [NodeList<Directive>]) -> [AccessRule] {
        lists.compactMap { directives in
            directives.first { $0.name == "auth" }.map { directive in
                func name(_ argument: String) -> String? {
                    directive.arguments.first { $0.name.text == argument }?.value.enumName
                }
                return AccessRule(role: name("requires") ?? usualRole, scope: name("scope"))
            }
        }
    }
}

extension Value {
    fileprivate var enumName: String? {
        if case .enum(let name) = form { name.text } else { nil }
    }
}
