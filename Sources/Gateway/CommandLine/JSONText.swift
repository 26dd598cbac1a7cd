import Bytes

/// JSON that commands answer to machines; members keep their order.
enum JSONText {
    case string(String)
    case number(Int)
    case boolean(Bool)
    case null
    case array([JSONText])
    case object([(String, JSONText)])

    /// All on one line.
    var text: String {
        var buffer = ByteBuffer()
        write(to: &buffer)
        return String(decoding: buffer.array(), as: UTF8.self)
    }

    private func write(to buffer: inout ByteBuffer) {
        switch self {
        case .string(let text): buffer.append(json: text)
        case .number(let number): buffer.append(decimal: number)
        case .boolean(let isTrue): buffer.append(isTrue ? "true" : "false")
        case .null: buffer.append("null")
        case .array(let elements):
            buffer.append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { buffer.append(",") }
                element.write(to: &buffer)
            }
            buffer.append("]")
        case .object(let members):
            buffer.append("{")
            for (index, (name, value)) in members.enumerated() {
                if index > 0 { buffer.append(",") }
                buffer.append(json: name)
                buffer.append(":")
                value.write(to: &buffer)
            }
            buffer.append("}")
        }
    }
}

extension JSONText {
    static func string(orNull text: String?) -> JSONText { text.map { .string($0) } ?? .null }
}
