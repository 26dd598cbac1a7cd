import Bytes
import GraphQLLanguage
import JSON

extension ToolOperation {
    /// ```
    /// {"op":"print","source":"…"}
    /// {"printed":"…"} or {"error":{"message":"…","locations":[{"line":1,"column":2}]}}
    /// ```
    static let print = ToolOperation(
        name: "print", form: #"{"op":"print","source":"…"}"#,
        summary: "Writes a document or schema in the usual form."
    ) { request, _, answer throws(RequestFault) in
        let source = try request.bytes("source")
        do throws(SyntaxError) {
            let document = try Document.parse(source)
            answer.append(#"{"printed":"#)
            answer.append(json: document.printed)
        } catch {
            answer.append(#"{"error":"#)
            answer.append(error)
        }
        answer.append("}")
    }
}
