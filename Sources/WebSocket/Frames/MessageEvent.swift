/// A message as it came.
package enum Message: Equatable, Sendable {
    /// In UTF-8 that has been checked.
    case text([UInt8])
    case binary([UInt8])
}

/// What has come from a peer.
package enum MessageEvent: Equatable, Sendable {
    /// All input is used up.
    case needsMore
    case message(Message)
    case ping([UInt8])
    case pong([UInt8])
    /// The peer sends nothing more; whatever still comes is dropped.
    case close(Closing)
    /// What came breaks the protocol or a limit: close with the code, and read nothing more.
    case fault(MessageFault)
}

/// Why messages cannot be read any further.
package struct MessageFault: Error, Equatable, Sendable {
    package let code: CloseCode
    /// What is wrong, for people; short enough for a Close frame.
    package let reason: String

    init(_ code: CloseCode, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

extension MessageFault {
    static let reservedBits = MessageFault(
        .protocolError, "A reserved bit is set, but no extension was agreed on.")
    static let unmasked = MessageFault(.protocolError, "A frame is not masked.")
    static let fragmentedControl = MessageFault(.protocolError, "A control frame is fragmented.")
    static let longControl = MessageFault(
        .protocolError, "A control frame is longer than 125 bytes.")
    static let longLength = MessageFault(
        .protocolError, "A length is not written in the fewest bytes.")
    static let signedLength = MessageFault(.protocolError, "The top bit of a length is set.")
    static let strayContinuation = MessageFault(
        .protocolError, "A continuation continues nothing.")
    static let interruptedMessage = MessageFault(
        .protocolError, "A message begins before the last one has ended.")
    static let shortClose = MessageFault(.protocolError, "A Close frame has half a code.")
    static let notUTF8 = MessageFault(.invalidData, "A text is not UTF-8.")

    static func unknownOpcode(_ number: UInt8) -> MessageFault {
        MessageFault(.protocolError, "There is no opcode \(number).")
    }

    static func unknownCode(_ code: UInt16) -> MessageFault {
        MessageFault(.protocolError, "A Close frame cannot have the code \(code).")
    }

    static func frameTooBig(_ limit: Int) -> MessageFault {
        MessageFault(.messageTooBig, "A frame is longer than \(limit) bytes.")
    }

    static func messageTooBig(_ limit: Int) -> MessageFault {
        MessageFault(.messageTooBig, "A message is longer than \(limit) bytes.")
    }

    static func tooManyFragments(_ limit: Int) -> MessageFault {
        MessageFault(.messageTooBig, "A message has more than \(limit) frames.")
    }
}
