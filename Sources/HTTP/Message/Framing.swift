import Bytes

/// What the fields seen so far say about where a body ends and what becomes of the connection.
///
/// RFC 9112 sections 6 and 9, RFC 9110 sections 7.2 (Host) and 10.1.1 (Expect). Wherever the RFC
/// leaves room to repair a message, it is refused: another recipient might repair it otherwise.
struct Framing {
    private var seen: Seen = []
    private var contentLength: UInt64 = 0
    private var host = Extent.none
    private var hostIndex = 0

    private struct Seen: OptionSet {
        var rawValue: UInt16

        static let host = Self(rawValue: 1)
        static let contentLength = Self(rawValue: 2)
        static let transferEncoding = Self(rawValue: 4)
        static let chunked = Self(rawValue: 8)
        static let otherCoding = Self(rawValue: 16)
        static let close = Self(rawValue: 32)
        static let keepAlive = Self(rawValue: 64)
        static let upgradeOption = Self(rawValue: 128)
        static let upgradeField = Self(rawValue: 256)
        static let expectsContinue = Self(rawValue: 512)
        static let expectsOther = Self(rawValue: 1024)
        static let unknownCoding = Self(rawValue: 2048)
    }

    /// Takes the field line of the head that comes at `index`.
    @inline(__always)
    mutating func take(
        _ line: HeaderFields.Line, at index: Int, of text: UnsafeRawBufferPointer
    ) throws(RequestFault) {
        let name = text.part(line.name.range)
        switch name.count {
        case 4 where name.equals(ignoringCase: "host"):
            try takeHost(line, at: index, of: text)
        case 6 where name.equals(ignoringCase: "expect"):
            takeExpect(text.part(line.value.range))
        case 7 where name.equals(ignoringCase: "upgrade"): seen.insert(.upgradeField)
        case 10 where name.equals(ignoringCase: "connection"):
            takeConnection(text.part(line.value.range))
        case 14 where name.equals(ignoringCase: "content-length"):
            try takeContentLength(text.part(line.value.range))
        case 17 where name.equals(ignoringCase: "transfer-encoding"):
            try takeTransferEncoding(text.part(line.value.range))
        default: break
        }
    }

    /// Judges the whole and writes it to `head`, whose request line has been read.
    func finish(_ head: inout RequestHead) throws(RequestFault) {
        try finishHost(&head)
        try finishLength(&head)
        let isCurrent = head.version >= .http11
        head.keepsAlive =
            !seen.contains(.close) && (isCurrent || seen.contains(.keepAlive))
        head.wantsUpgrade = isCurrent && seen.isSuperset(of: [.upgradeField, .upgradeOption])
        if isCurrent, seen.contains(.expectsOther) { throw .expectationFailed }
        head.expectsContinue = isCurrent && seen.contains(.expectsContinue) && head.hasBody
    }

    private func finishHost(_ head: inout RequestHead) throws(RequestFault) {
        guard seen.contains(.host) || head.version < .http11 else {
            throw .badRequest("The request has no Host field; HTTP/1.1 needs exactly one.")
        }
        if head.hostExtent.isEmpty {
            head.hostExtent = host
        } else if head.method != .connect, seen.contains(.host) {
            // The authority of an absolute target wins, so that no two answers are to be had.
            head.fields.lines[hostIndex].value = head.hostExtent
        }
    }

    private func finishLength(_ head: inout RequestHead) throws(RequestFault) {
        head.contentLength = seen.contains(.contentLength) ? contentLength : nil
        head.isChunked = false
        guard seen.contains(.transferEncoding) else { return }
        guard !seen.contains(.contentLength) else {
            throw .badRequest("Content-Length and Transfer-Encoding exclude each other; send one.")
        }
        guard head.version >= .http11 else {
            throw .badRequest("HTTP/1.0 has no Transfer-Encoding; send a Content-Length.")
        }
        guard !seen.contains(.unknownCoding) else {
            throw .notImplemented("A transfer coding is not known here; send only chunked.")
        }
        guard seen.contains(.chunked) else {
            throw .badRequest("The last transfer coding must be chunked; send only chunked.")
        }
        guard !seen.contains(.otherCoding) else {
            throw .notImplemented("Compressed transfer codings are not undone; send only chunked.")
        }
        head.isChunked = true
    }
}

extension Framing {
    private mutating func takeHost(
        _ line: HeaderFields.Line, at index: Int, of text: UnsafeRawBufferPointer
    ) throws(RequestFault) {
        guard !seen.contains(.host) else {
            throw .badRequest("The request has more than one Host field; send exactly one.")
        }
        guard Authority.isValid(text.part(line.value.range)) else {
            throw .badRequest("The Host field is not a valid host with an optional port.")
        }
        seen.insert(.host)
        (host, hostIndex) = (line.value, index)
    }

    /// `1*DIGIT`, once.
    private mutating func takeContentLength(
        _ value: UnsafeRawBufferPointer
    ) throws(RequestFault) {
        guard !seen.contains(.contentLength) else {
            throw .badRequest("The request has more than one Content-Length; send one.")
        }
        seen.insert(.contentLength)
        guard let length = UInt64(decimal: value) else {
            throw .badRequest("Content-Length must be one decimal number of 64 bits, digits only.")
        }
        contentLength = length
    }

    private mutating func takeTransferEncoding(
        _ value: UnsafeRawBufferPointer
    ) throws(RequestFault) {
        var seen = seen
        seen.insert(.transferEncoding)
        try value.forEachMember { (member) throws(RequestFault) in
            guard !seen.contains(.chunked) else {
                throw .badRequest("Nothing may follow the transfer coding chunked; send it once.")
            }
            let name = member.part(0..<(member.firstIndex { !$0.isToken } ?? member.count))
            guard !name.isEmpty else {
                throw .badRequest("Transfer-Encoding has an empty or malformed member.")
            }
            let isBare = name.count == member.count
            if name.equals(ignoringCase: "chunked") {
                guard isBare else {
                    throw .badRequest("The transfer coding chunked takes no parameters.")
                }
                seen.insert(.chunked)
            } else {
                seen.insert(Self.isRegistered(name) ? .otherCoding : .unknownCoding)
            }
        }
        self.seen = seen
    }

    /// The transfer codings of RFC 9112 section 7 besides chunked.
    private static func isRegistered(_ name: UnsafeRawBufferPointer) -> Bool {
        name.equals(ignoringCase: "gzip") || name.equals(ignoringCase: "x-gzip")
            || name.equals(ignoringCase: "deflate") || name.equals(ignoringCase: "compress")
            || name.equals(ignoringCase: "x-compress")
    }

    private mutating func takeConnection(_ value: UnsafeRawBufferPointer) {
        value.forEachMember { member in
            if member.equals(ignoringCase: "close") {
                seen.insert(.close)
            } else if member.equals(ignoringCase: "keep-alive") {
                seen.insert(.keepAlive)
            } else if member.equals(ignoringCase: "upgrade") {
                seen.insert(.upgradeOption)
            }
        }
    }

    private mutating func takeExpect(_ value: UnsafeRawBufferPointer) {
        value.forEachMember { member in
            if member.isEmpty { return }
            let isContinue = member.equals(ignoringCase: "100-continue")
            seen.insert(isContinue ? .expectsContinue : .expectsOther)
        }
    }
}
