/// Why a connection is closed (RFC 6455 section 7.4, and IANA's registry of its codes).
package struct CloseCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }
    private init(_ code: UInt16) { rawValue = code }

    package static let normal = CloseCode(1000)
    package static let goingAway = CloseCode(1001)
    package static let protocolError = CloseCode(1002)
    package static let unsupportedData = CloseCode(1003)
    package static let invalidData = CloseCode(1007)
    package static let policyViolation = CloseCode(1008)
    package static let messageTooBig = CloseCode(1009)
    package static let internalError = CloseCode(1011)
    package static let tryAgainLater = CloseCode(1013)

    /// Whether a peer may send it. 1004 to 1006 and 1015 stand for what is never sent, and others
    /// below 3000 for nothing yet.
    package var isSendable: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}

/// What a Close frame says.
package struct Closing: Equatable, Sendable {
    /// None where the frame is empty.
    package var code: CloseCode?
    package var reason: String

    /// A frame of control holds 125 bytes, two of which are the code.
    package static let maximumReasonBytes = 123

    package init(_ code: CloseCode?, _ reason: String = "") {
        self.code = code
        self.reason = reason
    }

    /// The reason in UTF-8, without the characters that are too many.
    var reasonBytes: ArraySlice<UInt8> {
        let bytes = Array(reason.utf8)
        guard bytes.count > Self.maximumReasonBytes else { return bytes[...] }
        var end = Self.maximumReasonBytes
        while bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return bytes[..<end]
    }
}
