import Bytes
import HTTP
package import JSON

/// GraphQL over HTTP, sections Request Parameters, GET and POST.
extension RequestParameters {
    /// The parameters as a JSON text.
    init(body: [UInt8]) throws(Refusal) {
        guard !body.isEmpty else {
            throw Refusal(
                .malformed, "The body is empty; send a JSON object with a \"query\".")
        }
        let object: JSONValue
        do throws(JSONError) {
            object = try JSONDocument.parse(body).root
        } catch {
            throw Refusal(.malformed, "The body is no JSON: \(error).")
        }
        guard object.form != .array else {
            throw Refusal(
                .illFormed, "Several requests in one body are not taken; send each on its own.")
        }
        guard object.form == .object else {
            throw Refusal(
                .illFormed, "The body must be a JSON object, but is \(object.described).")
        }
        try self.init(parameters: object)
    }

    /// The parameters as members of a JSON object: `query` or `documentId`, `operationName`,
    /// `variables`, `extensions`. Others mean nothing, and null is as good as absent.
    package init(parameters object: JSONValue) throws(Refusal) {
        let extensions = try object.map("extensions")
        document = try AskedDocument(
            source: try object.string("query")?.sourceBytes,
            identifier: try object.string("documentId")?.stringValue, extensions: extensions)
        operationName = try object.string("operationName")?.stringValue
        variables = try object.map("variables")
        self.extensions = extensions
    }

    /// The parameters as a form in the target's query, `variables` and `extensions` as JSON. All
    /// but `query` may be empty, which is as good as absent.
    init(query: ArraySlice<UInt8>) throws(Refusal) {
        let form: QueryString
        do throws(RequestFault) {
            form = try QueryString(query)
        } catch {
            throw Refusal(.malformed, error.message)
        }
        let extensions = try Self.map("extensions", in: form)
        document = try AskedDocument(
            source: form["query"].map { Array($0.utf8) },
            identifier: Self.text("documentId", in: form), extensions: extensions)
        operationName = Self.text("operationName", in: form)
        variables = try Self.map("variables", in: form)
        self.extensions = extensions
    }

    private static func text(_ name: String, in form: QueryString) -> String? {
        form[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func map(
        _ name: String, in form: QueryString
    ) throws(Refusal) -> JSONValue? {
        guard let text = form[name], !text.isEmpty else { return nil }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONDocument.parse(Array(text.utf8)).root
        } catch {
            throw Refusal(.malformed, "\"\(name)\" is no JSON: \(error).")
        }
        if value.isNull { return nil }
        guard value.form == .object else {
            throw Refusal(
                .illFormed, "\"\(name)\" must be a JSON object, but is \(value.described).")
        }
        return value
    }
}

extension JSONValue {
    /// A member that is a string, null or absent.
    fileprivate func string(_ name: StaticString) throws(Refusal) -> JSONValue? {
        try member(name, .string, "a string")
    }

    /// A member that is an object, null or absent.
    fileprivate func map(_ name: StaticString) throws(Refusal) -> JSONValue? {
        try member(name, .object, "an object")
    }

    private func member(
        _ name: StaticString, _ form: Form, _ wanted: String
    ) throws(Refusal) -> JSONValue? {
        guard let value = self[name], !value.isNull else { return nil }
        guard value.form == form else {
            throw Refusal(.illFormed, "\"\(name)\" must be \(wanted), but is \(value.described).")
        }
        return value
    }

    fileprivate var described: String {
        switch form {
        case .null: "null"
        case .boolean: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
