import Bytes
import JSON

/// The message and offset that parsing ends with.
func failure(_ source: [UInt8], limits: JSONLimits = JSONLimits()) -> String {
    do throws(JSONError) {
        _ = try JSONDocument.parse(source, limits: limits)
        return "none"
    } catch {
        return error.description
    }
}

func failure(_ source: String, limits: JSONLimits = JSONLimits()) -> String {
    failure(Array(source.utf8), limits: limits)
}

func parsed(_ source: String) throws -> JSONValue {
    try JSONDocument.parse(Array(source.utf8)).root
}

/// A value as it is copied into an answer.
func copied(_ value: JSONValue) -> String {
    var buffer = ByteBuffer()
    buffer.append(json: value)
    return String(decoding: buffer.array(), as: UTF8.self)
}

/// A value as its cursors see it.
func shape(_ value: JSONValue) -> String {
    switch value.form {
    case .null: "null"
    case .boolean: "\(value.booleanValue.map { "\($0)" } ?? "?")"
    case .number: value.number?.text ?? "?"
    case .string: "'\(value.stringValue ?? "?")'"
    case .array: "[" + value.elements.map { shape($0) }.joined(separator: " ") + "]"
    case .object:
        "{" + value.members.map { shape($0) + ":" + shape($1) }.joined(separator: " ") + "}"
    }
}
