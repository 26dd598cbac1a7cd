import Bytes
import JSON
import Reactor

/// One of the things that `marquee graphql` can be asked for, by its name in `op`.
package struct ToolOperation: Sendable {
    let name: String
    /// A request for it, as help shows it.
    package let form: String
    /// What it is good for, in a line of help.
    package let summary: String
    /// Appends the answer to a request. What it has appended counts for nothing when it throws.
    let answer:
        @Sendable @EventLoop (JSONValue, SchemaShelf, inout ByteBuffer) throws(RequestFault) -> Void
}

extension ToolOperation {
    /// Each is a file in the folder `Operations`.
    package static let table: [ToolOperation] = [
        .parse,
        .print,
        .validate,
        .validateSchema,
        .execute,
        .introspect,
    ]

    /// The operation that a request asks for.
    static func requested(by request: JSONValue) throws(RequestFault) -> ToolOperation {
        guard request.form == .object else {
            throw RequestFault("A request is an object, and this is \(request.form.noun)")
        }
        let name = try request.string("op")
        guard let operation = table.first(where: { $0.name == name }) else {
            let known = table.map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw RequestFault("There is no op \"\(name)\"; there are \(known)")
        }
        return operation
    }
}
