import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation

/// The schema that all rules are tested on.
let harness = makeHarness()

private func makeHarness() -> Schema {
    do {
        return try Schema(building: Document.parse(harnessText))
    } catch {
        preconditionFailure("the harness is a schema: \(error)")
    }
}

/// What validation says of a document: each error as its message and its places.
func found(
    _ text: String, in schema: Schema = harness,
    _ change: (inout ValidationOptions) -> Void = { _ in }
) throws -> [String] {
    var options = ValidationOptions()
    options.limits = nil
    change(&options)
    let document = try Document.parse(text)
    return validate(document, against: schema, options: options).map(\.description)
}

/// How much is looked at to validate a document.
func work(
    _ text: String, _ change: (inout ValidationOptions) -> Void = { _ in }
) throws -> ValidationWork {
    var options = ValidationOptions()
    options.limits = nil
    change(&options)
    var work = ValidationWork()
    _ = validate(try Document.parse(text), against: harness, options: options, work: &work)
    return work
}

private let harnessText = """
    directive @onQuery on QUERY
    directive @onMutation on MUTATION
    directive @onSubscription on SUBSCRIPTION
    directive @onField on FIELD
    directive @onFragmentDefinition on FRAGMENT_DEFINITION
    directive @onFragmentSpread on FRAGMENT_SPREAD
    directive @onInlineFragment on INLINE_FRAGMENT
    directive @onVariableDefinition on VARIABLE_DEFINITION
    directive @tag(text: String, old: Int @deprecated(reason: "Use text.")) repeatable on FIELD

    interface Mammal { mother: Mammal father: Mammal }
    interface Pet { name(surname: Boolean): String }
    interface Canine implements Mammal & Pet {
      name(surname: Boolean): String
      mother: Canine
      father: Canine
    }
    enum DogCommand { SIT HEEL DOWN ROLL @deprecated(reason: "Too hard.") }
    type Dog implements Pet & Mammal & Canine {
      name(surname: Boolean): String
      nickname: String
      barkVolume: Int
      barks: Boolean @deprecated
      doesKnowCommand(dogCommand: DogCommand, old: Int @deprecated(reason: "No use.")): Boolean
      isHouseTrained(atOtherHomes: Boolean = true): Boolean
      isAtLocation(x: Int, y: Int): Boolean
      mother: Dog
      father: Dog
    }
    type Cat implements Pet {
      name(surname: Boolean): String
      nickname: String
      meows: Boolean
      meowVolume: Int
      furColor: FurColor
    }
    union CatOrDog = Cat | Dog
    type Human { name(surname: Boolean): String pets: [Pet] relatives: [Human]! iq: Int }
    enum FurColor { BROWN BLACK TAN SPOTTED }
    input ComplexInput {
      requiredField: Boolean!
      nonNullField: Boolean! = false
      intField: Int
      stringField: String
      booleanField: Boolean
      stringListField: [String]
      oldField: Int @deprecated(reason: "Old.")
    }
    input OneOfInput @oneOf { stringField: String intField: Int }
    scalar Anything
    type ComplicatedArgs {
      intArgField(intArg: Int): String
      nonNullIntArgField(nonNullIntArg: Int!): String
      stringArgField(stringArg: String): String
      booleanArgField(booleanArg: Boolean): String
      nonNullBooleanArgField(nonNullBooleanArg: Boolean!): Boolean
      enumArgField(enumArg: FurColor): String
      floatArgField(floatArg: Float): String
      idArgField(idArg: ID): String
      stringListArgField(stringListArg: [String]): String
      stringListNonNullArgField(stringListNonNullArg: [String!]): String
      complexArgField(complexArg: ComplexInput): String
      oneOfArgField(oneOfArg: OneOfInput): String
      anythingArgField(anythingArg: Anything): String
      multipleReqs(req1: Int!, req2: Int!): String
      nonNullFieldWithDefault(arg: Int! = 0): String
      multipleOptAndReq(req1: Int!, req2: Int!, opt1: Int = 0, opt2: Int = 0): String
    }
    type QueryRoot {
      human(id: ID): Human
      dog: Dog
      cat: Cat
      pet: Pet
      catOrDog: CatOrDog
      humanOrDog: HumanOrDog
      complicatedArgs: ComplicatedArgs
    }
    union HumanOrDog = Human | Dog
    type MutationRoot { rename(name: String): Dog }
    type SubscriptionRoot { importantEmails: [String] moreEmails: [String] dog: Dog }
    schema { query: QueryRoot mutation: MutationRoot subscription: SubscriptionRoot }
    """
