import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import JSON
import Reactor
import TestSupport
import Testing

/// Data for somebody who may do what some roles may.
@EventLoop private final class Guarded: Resolvers, FieldGuard {
    private let data: JSONResolvers
    private let roles: Set<String>?

    init(_ data: JSONResolvers, _ roles: Set<String>?) { (self.data, self.roles) = (data, roles) }

    var loaders: LoaderSet { data.loaders }

    var fieldGuard: (any FieldGuard)? { roles == nil ? nil : self }

    func refusal(of rule: AccessRule) -> GraphQLError? {
        roles?.contains(rule.role) == true
            ? nil : GraphQLError("Only \(rule.role) may.", code: .forbidden)
    }

    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool { try data.write(field, of: row, in: execution, into: &response) }

    func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes
    ) { data.resolve(field, of: rows, in: execution, into: &outcomes) }

    func finish(
        _ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>,
        in execution: Execution, into outcomes: inout Outcomes
    ) { data.finish(field, loads, in: execution, into: &outcomes) }

    func resolve(
        root field: PlannedField, of row: Int32, in execution: Execution,
        into outcomes: inout Outcomes
    ) async { await data.resolve(root: field, of: row, in: execution, into: &outcomes) }
}

@Suite struct AccessTests {
    private static let contract = """
        directive @auth(requires: Role! = USER, scope: Scope)
          on ARGUMENT_DEFINITION | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT
        enum Role { USER ADMIN }
        enum Scope { READ }
        interface Named { name: String @auth }
        type Query {
          film(year: Int = 1927 @auth(requires: ADMIN), filter: Filter, filters: [Filter!]): Film
          named: Named
          films: [Film!]
          budget: Budget
          secret: Secret @auth(requires: ADMIN)
          plain: Int
        }
        input Filter { title: String, hidden: Boolean = false @auth(requires: ADMIN), and: Filter }
        type Film implements Named {
          name: String
          title: String!
          notes: [String] @auth(requires: ADMIN)
          cost: Int! @auth(requires: ADMIN)
        }
        type Budget @auth { total: Int own: Int @auth(requires: ADMIN) }
        type Secret { word: String }
        """
    private static let data = """
        {"film":{"name":"M","title":"M","notes":["n"],"cost":7},"plain":1,
        "named":{"__typename":"Film","name":"M","title":"M","notes":["n"],"cost":7},
        "films":[{"title":"A","cost":1},{"title":"B","cost":2}],
        "budget":{"total":9,"own":3},"secret":{"word":"w"}}
        """

    private func answer(
        _ document: String, _ roles: Set<String>?, _ variables: String? = nil,
        limitsIntrospection: Bool = false
    ) async throws -> String {
        LoopThread.start()
        let schema = try Schema.checked(Self.contract)
        let plan = try Plan.compile(
            ValidDocument.check(Document.parse(document), against: schema),
            roads: CheckedListRoads(),
            access: AccessModel(schema, limitsIntrospection: limitsIntrospection))
        let values = try VariableValues.coerce(variables.map { try json($0) }, for: plan)
        let data = try JSONDocument.parse(Array(Self.data.utf8))
        return await EventLoopTests.text { @EventLoop in
            await Executor.execute(
                plan, resolvers: Guarded(JSONResolvers(schema, data: data.root), roles),
                variables: values)
        }
    }

    @Test(arguments: [
        "{ plain secret { word } }", "{ plain ...S } fragment S on Query { secret { word } }",
        "{ plain secret: secret { word } }",
    ])
    func `a field with a rule is answered to those who may ask, and null to others`(
        document: String
    ) async throws {
        #expect(
            try await answer(document, ["ADMIN"])
                == #"{"data":{"plain":1,"secret":{"word":"w"}}}"#)
        for roles in [["USER"], []] as [Set<String>] {
            let text = try await answer(document, roles)
            #expect(text.hasPrefix(#"{"data":{"plain":1,"secret":null},"errors":[{"message":"#))
            #expect(text.contains(#""path":["secret"],"extensions":{"code":"FORBIDDEN"}"#))
        }
    }

    @Test func `leaves and lists of leaves have rules, wherever their objects come from`()
        async throws
    {
        let leaves = "{ films { title cost } named { ... on Film { notes cost } } }"
        let text = try await answer(leaves, ["USER"])
        #expect(text.hasPrefix(#"{"data":{"films":null,"named":null},"#))
        #expect(text.contains(#""path":["films",0,"cost"]"#))
        #expect(text.contains(#""path":["named","notes"]"#))
        let notes = try await answer("{ film { title notes } }", ["USER"])
        #expect(notes.hasPrefix(#"{"data":{"film":{"title":"M","notes":null}},"#))
        let all = try await answer(leaves, ["ADMIN"])
        #expect(
            all == """
                {"data":{"films":[{"title":"A","cost":1},{"title":"B","cost":2}],\
                "named":{"notes":["n"],"cost":7}}}
                """)
    }

    @Test func `the rules of an object and of an interface hold for the fields below`()
        async throws
    {
        let stranger = try await answer("{ budget { total } film { name title } }", [])
        #expect(
            stranger.hasPrefix(
                #"{"data":{"budget":{"total":null},"film":{"name":null,"title":"M"}}"#))
        #expect(stranger.contains("Only USER may."))
        let user = try await answer("{ budget { total own } named { name } }", ["USER"])
        #expect(
            user.hasPrefix(#"{"data":{"budget":{"total":9,"own":null},"named":{"name":"M"}}"#))
        let admin = try await answer("{ budget { own } }", ["USER", "ADMIN"])
        #expect(admin == #"{"data":{"budget":{"own":3}}}"#)
    }

    @Test(arguments: [
        ("{ film(year: 1931) { title } }", nil),
        ("query($y: Int) { film(year: $y) { title } }", #"{"y":1931}"#),
        ("query($y: Int) { film(year: $y) { title } }", #"{"y":null}"#),
        ("{ film(filter: {hidden: true}) { title } }", nil),
        ("{ film(filter: {and: {and: {hidden: true}}}) { title } }", nil),
        ("{ film(filters: [{title: \"M\"}, {hidden: true}]) { title } }", nil),
        ("query($f: Filter) { film(filter: $f) { title } }", #"{"f":{"hidden":true}}"#),
        ("query($f: [Filter!]) { film(filters: $f) { title } }", #"{"f":[{"hidden":true}]}"#),
        (
            "query($h: Boolean) { film(filter: {title: \"M\", hidden: $h}) { title } }",
            #"{"h":true}"#
        ),
    ])
    func `what may not be given is refused, however it is given`(
        document: String, variables: String?
    ) async throws {
        let refused = try await answer(document, ["USER"], variables)
        #expect(refused.hasPrefix(#"{"data":{"film":null},"errors":"#))
        #expect(refused.contains("Only ADMIN may."))
        let allowed = try await answer(document, ["ADMIN"], variables)
        #expect(allowed == #"{"data":{"film":{"title":"M"}}}"#)
    }

    @Test(arguments: [
        "{ film { title } }", "{ film(year: 1927) { title } }",
        "{ film(filter: {title: \"M\", hidden: false, and: {}}) { title } }",
        "query($y: Int) { film(year: $y) { title } }",
    ])
    func `defaults are for everybody`(document: String) async throws {
        #expect(try await answer(document, []) == #"{"data":{"film":{"title":"M"}}}"#)
    }

    @Test func `where nobody knows who asks, nothing that has a rule is answered`() async throws {
        let text = try await answer("{ plain secret { word } }", nil)
        #expect(text.hasPrefix(#"{"data":{"plain":1,"secret":null},"#))
    }

    @Test func `a plan says what its operation demands`() throws {
        let schema = try Schema.checked(Self.contract)
        let plan = try Plan.compile(
            ValidDocument.check(
                Document.parse("{ a: secret { word } b: secret { word } budget { own } plain }"),
                against: schema), access: AccessModel(schema))
        #expect(
            plan.accessRules == [AccessRule(role: "ADMIN"), AccessRule(role: "USER")])
    }

    private static let shown = """
        { __schema { types { name fields { name args { name } } inputFields { name } } }
          secret: __type(name: "Secret") { name } film: __type(name: "Film") { name } }
        """

    @Test func `introspection can be limited to what may be asked for`() async throws {
        let stranger = try await answer(Self.shown, [], limitsIntrospection: true)
        for name in [
            "Named",
            "secret\",", "Budget", "notes", "cost", "year", "hidden", "\"name\":\"Secret\"",
        ] {
            #expect(!stranger.contains(name), "\(name)")
        }
        #expect(stranger.contains(#""secret":null,"film":{"name":"Film"}"#))
        #expect(
            stranger.contains(#"{"name":"film","args":[{"name":"filter"},{"name":"filters"}]}"#))
        let admin = try await answer(Self.shown, ["USER", "ADMIN"], limitsIntrospection: true)
        let everything = try await answer(Self.shown, [], limitsIntrospection: false)
        #expect(admin == everything)
        #expect(everything.contains("hidden") && everything.contains("notes"))
    }
}
