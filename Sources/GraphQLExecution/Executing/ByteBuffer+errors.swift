package import Bytes
import GraphQLLanguage
package import GraphQLTypes

extension ByteBuffer {
    /// One entry of a response's `errors`.
    package mutating func append(_ error: GraphQLError, withCode: Bool = true) {
        append(#"{"message":"#)
        append(json: error.message)
        if !error.locations.isEmpty {
            append(#","locations":["#)
            for (index, location) in error.locations.enumerated() {
                if index > 0 { append(",") }
                append(#"{"line":"#)
                append(decimal: location.line)
                append(#","column":"#)
                append(decimal: location.column)
                append("}")
            }
            append("]")
        }
        if !error.path.isEmpty {
            append(",")
            append(path: error.path)
        }
        if withCode, let code = error.code {
            append(#","extensions":{"code":"#)
            append(json: code.rawValue)
            if !error.details.isEmpty { append(details: error.details) }
            if let seconds = error.retryAfterSeconds {
                append(#","retryAfter":"#)
                append(decimal: seconds)
            }
            if let reference = error.reference {
                append(#","ref":"#)
                append(json: reference)
            }
            append("}")
        }
        append("}")
    }

    private mutating func append(details: [InputFault]) {
        append(#","details":["#)
        for (index, fault) in details.enumerated() {
            append(index > 0 ? ",{" : "{")
            append(path: fault.path)
            append(#","rule":"#)
            append(json: fault.rule)
            append("}")
        }
        append("]")
    }

    private mutating func append(path: [PathSegment]) {
        append(#""path":["#)
        for (index, segment) in path.enumerated() {
            if index > 0 { append(",") }
            switch segment {
            case .key(let key): append(json: key)
            case .index(let index): append(decimal: index)
            }
        }
        append("]")
    }
}
