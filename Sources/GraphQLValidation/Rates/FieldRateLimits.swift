import GraphQLLanguage
public import GraphQLTypes

/// What a schema says about how often its fields may be asked for. Made once for a schema.
///
/// The schema says so with
/// ```
/// directive @rateLimit(limit: Int!, window: String!, by: RateLimitScope! = CALLER)
///   repeatable on FIELD_DEFINITION
/// enum RateLimitScope { ADDRESS CALLER }
/// ```
/// A window is written as a whole number of seconds, minutes or hours: `10s`, `15m`, `1h`. What
/// stands at an interface's field holds for that field of each type that implements it.
public final class FieldRateLimits: Sendable {
    /// All that the schema says, by the field: of one that implements several interfaces too, each
    /// once.
    public let all: [FieldRateLimit]
    /// Which of them hold for a field.
    private let places: [FieldID: [Int]]

    /// Throws what is wrong with each directive, all at once. O(schema).
    public init(_ schema: Schema) throws(GraphQLErrors) {
        var reading = Reading(schema: schema)
        for type in schema.types where schema[type].kind.isComposite {
            for field in schema[type].fields { reading.read(field, of: type) }
        }
        guard reading.errors.isEmpty else { throw GraphQLErrors(reading.errors) }
        (all, places) = (reading.all, reading.places)
    }

    /// The places in `all` of those that hold for an object type's field.
    public func limits(of field: FieldID) -> [Int] { places[field] ?? [] }

    /// The fields that have any.
    public var fields: some Sequence<FieldID> { places.keys }

    private struct Reading {
        let schema: Schema
        var all: [FieldRateLimit] = []
        var places: [FieldID: [Int]] = [:]
        var errors: [GraphQLError] = []
        private var known: [FieldRateLimit: Int] = [:]

        init(schema: Schema) { self.schema = schema }

        mutating func read(_ field: FieldID, of type: TypeID) {
            add(from: field, of: type, to: field)
            for interface in schema.interfaces(of: type) {
                if let inherited = schema.field(schema[field].name, of: interface) {
                    add(from: inherited, of: interface, to: field)
                }
            }
        }

        private mutating func add(from source: FieldID, of type: TypeID, to field: FieldID) {
            let coordinate = "\(schema.name(of: type)).\(schema.name(of: source))"
            for directive in schema.definition(of: source).directives
            where directive.name == "rateLimit" {
                do throws(GraphQLError) {
                    let limit = try FieldRateLimit(directive, at: coordinate)
                    let place = known[limit] ?? all.count
                    if place == all.count { all.append(limit) }
                    known[limit] = place
                    places[field, default: []].append(place)
                } catch {
                    // Found at each type that implements the interface.
                    if !errors.contains(error) { errors.append(error) }
                }
            }
        }
    }
}

extension FieldRateLimit {
    fileprivate init(_ directive: Directive, at coordinate: String) throws(GraphQLError) {
        func fault(_ argument: StaticString, _ rule: String) -> GraphQLError {
            let place = directive.argument(argument)?.location ?? directive.location
            return GraphQLError(
                "@rateLimit of \(coordinate): \(argument) has to be \(rule).", locations: [place],
                code: .validationFailed)
        }
        guard case .int(let node)? = directive.argument("limit")?.form,
            let limit = Int(node.text), 1...1_000_000 ~= limit
        else { throw fault("limit", "a whole number from 1 to 1000000") }
        guard case .string(let text)? = directive.argument("window")?.form,
            let window = Self.seconds(text.value), 1...Self.longestWindowSeconds ~= window
        else { throw fault("window", "a time from \"1s\" to \"24h\", in s, m or h") }
        var scope = Scope.caller
        if let value = directive.argument("by") {
            guard case .enum(let name) = value.form, let named = Scope(rawValue: name.text) else {
                throw fault("by", "ADDRESS or CALLER")
            }
            scope = named
        }
        (self.coordinate, self.limit) = (coordinate, limit)
        (windowSeconds, self.scope) = (window, scope)
    }

    private static func seconds(_ text: String) -> Int? {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600]
        guard let unit = text.last.flatMap({ units[$0] }), text.count <= 7,
            text.dropLast().utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let number = Int(text.dropLast())
        else { return nil }
        return number * unit
    }
}

extension Directive {
    fileprivate func argument(_ name: StaticString) -> Value? {
        arguments.first { $0.name == name }?.value
    }
}
