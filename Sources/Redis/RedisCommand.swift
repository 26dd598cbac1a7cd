import Bytes

/// Commands as Redis reads them (RESP2, an array of bulk strings).
extension ByteBuffer {
    mutating func append(commandOf words: Int) {
        append("*")
        append(decimal: words)
        append("\r\n")
    }

    mutating func append(word bytes: UnsafeRawBufferPointer) {
        append("$")
        append(decimal: bytes.count)
        append("\r\n")
        append(bytes)
        append("\r\n")
    }

    mutating func append(word: String) {
        var word = word
        word.withUTF8 { append(word: UnsafeRawBufferPointer($0)) }
    }

    mutating func append(command words: [String]) {
        append(commandOf: words.count)
        for word in words { append(word: word) }
    }
}

/// A program in Lua that a Redis runs, all at once.
package struct RedisScript: Sendable {
    package let source: String
    /// A call that changes nothing that matters, by which a Redis shows that it runs the script: it
    /// may know it and refuse to write, as one does that is full, or a replica.
    let trial: ScriptCall

    package init(_ source: String, tryingKeys keys: [String], arguments: [Int]) {
        self.source = source
        trial = ScriptCall(keys: keys, arguments: arguments)
    }
}

/// One call of a script, which may have to be sent a second time.
struct ScriptCall: Sendable {
    /// Behind how the script is named: the number of keys, keys and arguments.
    private let rest: [UInt8]
    private let words: Int

    init(keys: [String], arguments: [Int]) {
        var rest = ByteBuffer(capacity: 64 * (keys.count + 1) + 24 * arguments.count)
        rest.append(word: String(keys.count))
        for key in keys { rest.append(word: key) }
        for argument in arguments { rest.append(word: String(argument)) }
        self.rest = rest.array()
        words = 3 + keys.count + arguments.count
    }

    /// By the digest that Redis has given the script.
    func write(digest: [UInt8], to output: inout ByteBuffer) {
        output.append(commandOf: words)
        output.append(word: "EVALSHA")
        digest.withUnsafeBytes { output.append(word: $0) }
        output.append(rest)
    }

    /// By its source: a Redis that has forgotten it knows it again from then on.
    func write(_ script: RedisScript, to output: inout ByteBuffer) {
        output.append(commandOf: words)
        output.append(word: "EVAL")
        output.append(word: script.source)
        output.append(rest)
    }
}
