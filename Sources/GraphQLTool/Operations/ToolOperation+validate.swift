import Bytes
import GraphQLTypes
import GraphQLValidation
import JSON
import Reactor

extension ToolOperation {
    /// ```
    /// {"op":"validate","schema":"SDL","document":"…"}
    /// {"errors":[{"message":"…","locations":[…]}]}
    /// ```
    /// A document or schema that cannot be read has one error.
    static let validate = ToolOperation(
        name: "validate", form: #"{"op":"validate","schema":"…","document":"…"}"#,
        summary: "Checks a document against a schema."
    ) { request, shelf, answer throws(RequestFault) in
        let (schema, document) = (try request.bytes("schema"), try request.bytes("document"))
        do throws(GraphQLErrors) {
            let schema = try shelf.schema(schema)
            let document = try GraphQLTool.parse(document)
            answer.append(
                errors: GraphQLValidation.validate(
                    document, against: schema, options: unlimitedValidation))
        } catch {
            answer.append(errors: error.errors)
        }
    }

    /// ```
    /// {"op":"validateSchema","schema":"SDL"}
    /// {"errors":[…]}
    /// ```
    static let validateSchema = ToolOperation(
        name: "validateSchema", form: #"{"op":"validateSchema","schema":"…"}"#,
        summary: "Checks a schema."
    ) { request, shelf, answer throws(RequestFault) in
        let schema = try request.bytes("schema")
        do throws(GraphQLErrors) {
            _ = try shelf.schema(schema)
            answer.append(errors: [])
        } catch {
            answer.append(errors: error.errors)
        }
    }

    /// The tool answers about any document that its lines can hold.
    static let unlimitedValidation: ValidationOptions = {
        var options = ValidationOptions()
        options.limits = nil
        return options
    }()
}
