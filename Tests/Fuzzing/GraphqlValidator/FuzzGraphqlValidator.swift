import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation

/// Validates `source` as a document against a schema, and as a schema. Traps if an error lies
/// outside of the source, and if a schema is another one when it is printed and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGraphqlValidator(_ source: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = [UInt8](UnsafeBufferPointer(start: source, count: count))
    guard let document = try? Document.parse(source) else { return 0 }
    checkDocument(document)
    checkDefinitions(document)
    return 0
}

private func checkDocument(_ document: Document) {
    var options = ValidationOptions()
    let errors = validate(document, against: FuzzedSchema.schema, options: options)
    checkPlaces(of: errors, in: document.source)
    options.limits = nil
    options.allowsIntrospection = false
    options.allowsDeprecated = false
    options.suggestsNames = false
    let strictErrors = validate(document, against: FuzzedSchema.schema, options: options)
    checkPlaces(of: strictErrors, in: document.source)
}

private func checkDefinitions(_ document: Document) {
    do throws(GraphQLErrors) {
        checkPrinting(of: try Schema.checked(document))
    } catch {
        precondition(!error.errors.isEmpty, "refused for no reason")
        checkPlaces(of: error.errors, in: document.source)
    }
}

private func checkPrinting(of schema: Schema) {
    let printed = schema.printed
    do throws(GraphQLErrors) {
        let again = try Schema.checked(printed).printed
        precondition(again == printed, "printed otherwise:\n\(printed)\n\(again)")
    } catch {
        preconditionFailure("what was printed is refused: \(error):\n\(printed)")
    }
}
