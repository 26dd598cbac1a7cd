import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation

/// What documents are checked against and run over: each kind of type, and few names, which a
/// fuzzer soon knows.
enum FuzzedSchema {
    static let schema = built()

    private static let definitions = """
        directive @d(a: Int! = 1, i: I) repeatable on FIELD | QUERY | VARIABLE_DEFINITION
          | INLINE_FRAGMENT
        type Query { q: Query a(a: Int, b: [Int!]! = [1], i: I, o: O, e: E = A, s: S): Int! n: N
          u: U l: [[String!]] t: T e: E s: S @deprecated f(f: Float!, t: String, d: ID): Float
          b: Boolean }
        type Mutation { m(i: I!): T n: N }
        type Subscription { s: T }
        interface N { i: ID n: N }
        interface M implements N { i: ID n: N m(a: Int): [M!] }
        type T implements N & M { i: ID n: T m(a: Int): [M!] x: Int! }
        type V implements N { i: ID! n: N x: String }
        union U = T | V
        enum E { A B @deprecated }
        input I { a: Int = 2 b: [I!] e: E c: Boolean! = true }
        input O @oneOf { a: Int b: String }
        scalar S
        """

    /// The schema lives as long as the process. The leak checker does not see all that it holds,
    /// since Swift marks pointers to an enumeration's values with bits of their own.
    private static func built() -> Schema {
        pauseLeakCheck()
        defer { resumeLeakCheck() }
        do {
            return try Schema.checked(definitions)
        } catch {
            preconditionFailure("the fuzzed schema is refused: \(error)")
        }
    }
}

@_silgen_name("__lsan_disable") private func pauseLeakCheck()
@_silgen_name("__lsan_enable") private func resumeLeakCheck()

/// Traps if an error has a place that is none in its source.
func checkPlaces(of errors: [GraphQLError], in source: [UInt8]) {
    guard !errors.isEmpty else { return }
    let table = LineTable(source: source)
    let places = Set((0...source.count).lazy.map { table.location(of: $0) })
    for error in errors {
        precondition(!error.message.isEmpty, "an error without a message")
        precondition(error.locations.allSatisfy(places.contains), "\(error) is outside")
    }
}
