import GraphQLHTTP
import GraphQLTypes
import JSON

/// What a client sends in graphql-transport-ws.
enum ClientMessage {
    case connectionInit(payload: JSONValue?)
    case ping(payload: JSONValue?)
    case pong
    case subscribe(id: String, RequestParameters)
    case complete(id: String)
}

/// Why a message is none: the connection closes with it.
struct InvalidMessage: Error {
    let reason: String

    init(_ why: String) { reason = "Invalid message received: \(why)" }
}

extension ClientMessage {
    init(_ text: [UInt8]) throws(InvalidMessage) {
        let object: JSONValue
        do throws(JSONError) {
            object = try JSONDocument.parse(text).root
        } catch {
            throw InvalidMessage("it is no JSON")
        }
        guard object.form == .object else { throw InvalidMessage("it is no JSON object") }
        guard let type: String = object["type"]?.stringValue else {
            throw InvalidMessage("it has no type")
        }
        switch type {
        case "connection_init": self = .connectionInit(payload: try object.map)
        case "ping": self = .ping(payload: try object.map)
        case "pong":
            _ = try object.map
            self = .pong
        case "subscribe": self = .subscribe(id: try object.id, try object.parameters)
        case "complete": self = .complete(id: try object.id)
        default: throw InvalidMessage("clients send none of type \(type)")
        }
    }
}

extension JSONValue {
    /// A payload that is an object, null or absent.
    fileprivate var map: JSONValue? {
        get throws(InvalidMessage) {
            guard let payload = self["payload"], !payload.isNull else { return nil }
            guard payload.form == .object else {
                throw InvalidMessage("its payload is no object")
            }
            return payload
        }
    }

    fileprivate var id: String {
        get throws(InvalidMessage) {
            guard let id: String = self["id"]?.stringValue, !id.isEmpty else {
                throw InvalidMessage("its id is no string, or empty")
            }
            return id
        }
    }

    fileprivate var parameters: RequestParameters {
        get throws(InvalidMessage) {
            guard let payload = try map else { throw InvalidMessage("it has no payload") }
            do throws(Refusal) {
                return try RequestParameters(parameters: payload)
            } catch {
                throw InvalidMessage(error.errors.first?.message ?? "its payload is wrong")
            }
        }
    }
}
