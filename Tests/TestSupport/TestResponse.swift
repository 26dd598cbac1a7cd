/// One HTTP response as a test's client reads it.
package struct TestResponse: Sendable {
    package var status = 0
    package var fields: [(name: String, value: String)] = []
    package var body: [UInt8] = []

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The values of a field, given in lower case, joined with commas.
    package subscript(name: String) -> String? {
        let values = fields.filter { $0.name == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ",")
    }

    /// Status and the code of the refusal in its JSON body, such as `400 BAD_REQUEST`.
    package var refusal: String {
        let opening = #"{"error":{"code":""#
        guard text.hasPrefix(opening), text.hasSuffix(#""}}"#) else { return "\(status) \(text)" }
        return "\(status) \(text.dropFirst(opening.count).prefix { $0 != "\"" })"
    }
}

extension TestResponse {
    /// Takes one whole response from the front of `bytes`; nil while it lacks something. Throws
    /// for what is no response at all.
    static func take(
        from bytes: inout [UInt8], toHead isHead: Bool, atEnd: Bool
    ) throws -> TestResponse? {
        var reader = Reader(bytes: bytes)
        var response = TestResponse()
        guard let start = reader.line() else { return nil }
        let words = start.split(separator: " ", maxSplits: 2)
        guard words.count == 3, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw NeverHappened(what: "a status line instead of \(start)")
        }
        response.status = status
        while let line = reader.line() {
            if line.isEmpty {
                guard let body = try reader.body(of: response, isHead: isHead, atEnd: atEnd)
                else { return nil }
                response.body = body
                bytes = Array(bytes[reader.position...])
                return response
            }
            guard let colon = line.firstIndex(of: ":") else {
                throw NeverHappened(what: "a field instead of \(line)")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            response.fields.append((line[..<colon].lowercased(), String(value)))
        }
        return nil
    }
}

private struct Reader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func line() -> String? {
        var end = position
        while end + 1 < bytes.count {
            if bytes[end] == 0x0D, bytes[end + 1] == 0x0A {
                defer { position = end + 2 }
                return String(decoding: bytes[position..<end], as: UTF8.self)
            }
            end += 1
        }
        return nil
    }

    mutating func take(_ count: Int) -> [UInt8]? {
        guard position + count <= bytes.count else { return nil }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    mutating func body(
        of response: TestResponse, isHead: Bool, atEnd: Bool
    ) throws -> [UInt8]? {
        if isHead || response.status < 200 || [204, 304].contains(response.status) { return [] }
        if response["transfer-encoding"] == "chunked" { return try chunks() }
        if let length = response["content-length"].flatMap({ Int($0) }) { return take(length) }
        return atEnd ? take(bytes.count - position) : nil
    }

    private mutating func chunks() throws -> [UInt8]? {
        var body: [UInt8] = []
        while let line = line() {
            guard let size = Int(line, radix: 16) else {
                throw NeverHappened(what: "a chunk size instead of \(line)")
            }
            guard let chunk = take(size), let end = take(2) else { return nil }
            guard end == [0x0D, 0x0A] else { throw NeverHappened(what: "the end of a chunk") }
            if size == 0 { return body }
            body += chunk
        }
        return nil
    }
}
