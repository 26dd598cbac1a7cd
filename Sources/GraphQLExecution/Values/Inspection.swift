import Bytes
import JSON

/// Values as messages show them: enough to recognise one, never all of a large one.
enum Inspection {
    private static let maximumItems = 10
    private static let maximumDepth = 2

    static func text(of value: JSONValue, depth: Int = 0) -> String {
        switch value.form {
        case .null: "null"
        case .boolean: value.booleanValue == true ? "true" : "false"
        case .number: value.number.map { String(shortest: $0.double) } ?? ""
        case .string: quoted(value.stringValue ?? "")
        case .array: array(value, depth)
        case .object: object(value, depth)
        }
    }

    static func quoted(_ text: String) -> String {
        var buffer = ByteBuffer()
        buffer.append(json: text)
        return String(decoding: buffer.array(), as: UTF8.self)
    }

    private static func array(_ value: JSONValue, _ depth: Int) -> String {
        if value.elements.isEmpty { return "[]" }
        if depth >= maximumDepth { return "[Array]" }
        var items = value.elements.prefix(maximumItems).map { text(of: $0, depth: depth + 1) }
        let rest = value.elements.reduce(0) { count, _ in count + 1 } - items.count
        if rest > 0 { items.append("... \(rest) more item\(rest == 1 ? "" : "s")") }
        return "[" + items.joined(separator: ", ") + "]"
    }

    private static func object(_ value: JSONValue, _ depth: Int) -> String {
        if value.members.isEmpty { return "{}" }
        if depth >= maximumDepth { return "[Object]" }
        let members = value.members.map { member in
            "\(member.key.stringValue ?? ""): \(text(of: member.value, depth: depth + 1))"
        }
        return "{ " + members.joined(separator: ", ") + " }"
    }
}
