import JSON

/// A request that nobody can answer.
struct RequestFault: Error, Hashable, Sendable {
    let message: String

    init(_ message: String) { self.message = message }
}

/// What operations read from a request. Keys that none of them knows are passed over.
extension JSONValue {
    func string(_ key: StaticString) throws(RequestFault) -> String {
        let bytes = try bytes(key)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A string in UTF-8, with what is no character for the parser to name.
    func bytes(_ key: StaticString) throws(RequestFault) -> [UInt8] {
        guard let value = self[key] else {
            throw RequestFault("A request needs a string \"\(key)\", and this has none")
        }
        guard let bytes = value.sourceBytes else {
            throw RequestFault("\"\(key)\" has to be a string, and this is \(value.form.noun)")
        }
        return bytes
    }

    /// A string, unless the key is missing or null.
    func optionalString(_ key: StaticString) throws(RequestFault) -> String? {
        guard let value = self[key], !value.isNull else { return nil }
        return try string(key)
    }

    /// An object, unless the key is missing or null.
    func optionalObject(_ key: StaticString) throws(RequestFault) -> JSONValue? {
        guard let value = self[key], !value.isNull else { return nil }
        guard value.form == .object else {
            throw RequestFault("\"\(key)\" has to be an object, and this is \(value.form.noun)")
        }
        return value
    }

    /// Refuses any value of `key` but `words`; it may also be missing or null.
    func check(_ key: StaticString, isOneOf words: [String]) throws(RequestFault) {
        guard let value = self[key], !value.isNull else { return }
        guard let word = value.stringValue, words.contains(word) else {
            let known = words.map { "\"\($0)\"" }.joined(separator: " or ")
            throw RequestFault("\"\(key)\" has to be \(known)")
        }
    }
}

extension JSONValue.Form {
    /// The form as sentences name it.
    var noun: String {
        switch self {
        case .null: "null"
        case .boolean: "a Boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
