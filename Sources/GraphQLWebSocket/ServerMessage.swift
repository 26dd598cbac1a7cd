import Bytes
import GraphQLExecution
import GraphQLTypes
import JSON

/// What a server sends in graphql-transport-ws.
enum ServerMessage {
    static func connectionAck(payload: [UInt8]?) -> ByteBuffer {
        var text = ByteBuffer()
        text.append(#"{"type":"connection_ack""#)
        append(payload: payload?[...], to: &text)
        return text
    }

    static func pong(payload: JSONValue?) -> ByteBuffer {
        var text = ByteBuffer()
        text.append(#"{"type":"pong""#)
        append(payload: payload?.text, to: &text)
        return text
    }

    private static func append(payload: ArraySlice<UInt8>?, to text: inout ByteBuffer) {
        if let payload {
            text.append(#","payload":"#)
            text.append(payload)
        }
        text.append("}")
    }

    /// The result of one execution.
    static func next(id: String, _ response: borrowing Response) -> ByteBuffer {
        var text = begin("next", id: id, capacity: response.bytes.count)
        text.append(#","payload":"#)
        response.bytes.withUnsafeBytes { text.append($0) }
        text.append("}")
        return text
    }

    /// Nothing was executed, and this is why.
    static func error(id: String, _ errors: [GraphQLError]) -> ByteBuffer {
        var text = begin("error", id: id, capacity: 256)
        text.append(#","payload":["#)
        for (index, error) in errors.enumerated() {
            if index > 0 { text.append(",") }
            text.append(error)
        }
        text.append("]}")
        return text
    }

    static func complete(id: String) -> ByteBuffer {
        var text = begin("complete", id: id, capacity: 0)
        text.append("}")
        return text
    }

    private static func begin(_ type: StaticString, id: String, capacity: Int) -> ByteBuffer {
        var text = ByteBuffer(capacity: capacity + id.utf8.count + 64)
        text.append(#"{"id":"#)
        text.append(json: id)
        text.append(#","type":""#)
        text.append(type)
        text.append("\"")
        return text
    }
}
