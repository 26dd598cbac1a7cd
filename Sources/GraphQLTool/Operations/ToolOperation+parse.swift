import Bytes
import GraphQLLanguage
import JSON

extension ToolOperation {
    /// ```
    /// {"op":"parse","source":"…","kind":"document"|"schema"}
    /// {"ok":true} or {"ok":false,"error":{"message":"…","locations":[{"line":1,"column":2}]}}
    /// ```
    /// Both kinds have the same grammar; `kind` only says what the asker means.
    static let parse = ToolOperation(
        name: "parse", form: #"{"op":"parse","source":"…"}"#,
        summary: "Says whether a document or schema can be parsed."
    ) { request, _, answer throws(RequestFault) in
        try request.check("kind", isOneOf: ["document", "schema"])
        let source = try request.bytes("source")
        do throws(SyntaxError) {
            _ = try Document.parse(source)
            answer.append(#"{"ok":true}"#)
        } catch {
            answer.append(#"{"ok":false,"error":"#)
            answer.append(error)
            answer.append("}")
        }
    }
}
