/// Makes messages of what a client sends (RFC 6455 sections 5 to 8): strict, however it is cut.
///
///     var reader = MessageReader(limits: MessageLimits())
///     loop: while true {
///         switch reader.next(input, at: &position) {
///         case .needsMore: break loop
///         …
///         }
///     }
///
/// What breaks a rule or a limit is a fault as soon as the first byte that shows it has come. After
/// a fault or a Close frame nothing more is read.
package struct MessageReader: ~Copyable {
    private let limits: MessageLimits

    private var header = FrameHeader()
    /// Set once the header is complete: how much of the payload is still to come.
    private var missingBytes: Int?

    /// The message that has begun; nil between messages.
    private var kind: Opcode?
    private var message: [UInt8] = []
    private var fragments = 0
    private var checker = UTF8Checker()

    /// The payload of a control frame, which may come between the frames of a message.
    private var control: [UInt8] = []

    private var hasEnded = false

    package init(limits: MessageLimits) { self.limits = limits }

    /// Neither a message nor a frame has begun.
    package var isBetweenMessages: Bool { kind == nil && missingBytes == nil && !header.hasBegun }

    /// Reads on in `input` from `position`, up to the next event.
    package mutating func next(
        _ input: UnsafeRawBufferPointer, at position: inout Int
    ) -> MessageEvent {
        do throws(MessageFault) {
            while !hasEnded {
                guard let missing = missingBytes else {
                    guard position < input.count else { return .needsMore }
                    let isComplete = try header.take(input[position])
                    position += 1
                    if isComplete { try begin() }
                    continue
                }
                let end = position + min(missing, input.count - position)
                try take(UnsafeRawBufferPointer(rebasing: input[position..<end]))
                missingBytes = missing - (end - position)
                position = end
                guard missingBytes == 0 else { return .needsMore }
                if let event = try finish() { return event }
            }
        } catch {
            hasEnded = true
            message = []
            return .fault(error)
        }
        position = input.count
        return .needsMore
    }

    // MARK: Frames

    /// A header has come.
    private mutating func begin() throws(MessageFault) {
        missingBytes = header.payloadBytes
        guard !header.opcode.isControl else { return }
        if header.opcode == .continuation {
            guard kind != nil else { throw .strayContinuation }
        } else {
            guard kind == nil else { throw .interruptedMessage }
            kind = header.opcode
        }
        fragments += 1
        guard fragments <= limits.maximumFragments else {
            throw .tooManyFragments(limits.maximumFragments)
        }
        guard header.payloadBytes <= limits.maximumFrameBytes else {
            throw .frameTooBig(limits.maximumFrameBytes)
        }
        guard header.payloadBytes <= limits.maximumMessageBytes - message.count else {
            throw .messageTooBig(limits.maximumMessageBytes)
        }
    }

    /// Some of a payload has come.
    private mutating func take(_ bytes: UnsafeRawBufferPointer) throws(MessageFault) {
        guard !header.opcode.isControl else { return header.unmask(bytes, into: &control) }
        header.unmask(bytes, into: &message)
        guard kind == .text else { return }
        let isText = message.withUnsafeBytes { message in
            checker.accept(UnsafeRawBufferPointer(rebasing: message.suffix(bytes.count)))
        }
        guard isText else { throw .notUTF8 }
    }

    /// All of a frame has come.
    private mutating func finish() throws(MessageFault) -> MessageEvent? {
        let ended = header
        header = FrameHeader()
        missingBytes = nil
        switch ended.opcode {
        case .ping: return .ping(takeControl())
        case .pong: return .pong(takeControl())
        case .close: return .close(try takeClosing())
        case .text, .binary, .continuation: return ended.isFinal ? try takeMessage() : nil
        }
    }

    // MARK: Messages

    private mutating func takeMessage() throws(MessageFault) -> MessageEvent {
        guard checker.isBetweenCharacters else { throw .notUTF8 }
        let isText = kind == .text
        let bytes = message
        (kind, message, fragments) = (nil, [], 0)
        return .message(isText ? .text(bytes) : .binary(bytes))
    }

    private mutating func takeControl() -> [UInt8] {
        let bytes = control
        control = []
        return bytes
    }

    /// RFC 6455 section 5.5.1
    private mutating func takeClosing() throws(MessageFault) -> Closing {
        hasEnded = true
        let bytes = takeControl()
        guard !bytes.isEmpty else { return Closing(nil) }
        guard bytes.count >= 2 else { throw .shortClose }
        let code = CloseCode(rawValue: UInt16(bytes[0]) << 8 | UInt16(bytes[1]))
        guard code.isSendable else { throw .unknownCode(code.rawValue) }
        guard let reason = String(validating: bytes[2...], as: UTF8.self) else { throw .notUTF8 }
        return Closing(code, reason)
    }
}
