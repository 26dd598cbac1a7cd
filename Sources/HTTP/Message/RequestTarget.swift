import Bytes

/// RFC 9112 section 3.2: where the pieces of a request target lie.
struct RequestTarget {
    var whole: Extent
    var path = Extent.none
    var query = Extent.none
    /// Host and port of an absolute-form or authority-form target.
    var authority = Extent.none

    /// Parses `text[range]`, which holds no space.
    init(
        _ text: UnsafeRawBufferPointer, in range: Range<Int>, method: Method
    ) throws(RequestFault) {
        whole = Extent(range)
        guard !range.isEmpty else {
            throw .badRequest("The request target is empty; put one space before and behind it.")
        }
        let question = try Self.check(text, in: range)
        if method == .connect {
            guard Authority.isValid(text.part(range), needsPort: true) else {
                throw .badRequest("The target of CONNECT must be host:port.")
            }
            authority = whole
        } else if text[range.lowerBound] == UInt8(ascii: "/") {
            setPath(range, question)
        } else if range.count == 1, text[range.lowerBound] == UInt8(ascii: "*") {
            guard method == .options else {
                throw .badRequest("The target * goes only with OPTIONS; send a path.")
            }
            path = whole
        } else {
            try setAbsolute(text, range, question)
        }
    }

    private mutating func setPath(_ range: Range<Int>, _ question: Int?) {
        path = Extent(range.lowerBound..<(question ?? range.upperBound))
        if let question { query = Extent(question + 1..<range.upperBound) }
    }

    /// `http://authority/path?query`; its path may be empty.
    private mutating func setAbsolute(
        _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ question: Int?
    ) throws(RequestFault) {
        let target = text.part(range)
        let start: Int
        if target.count > 7, target.part(0..<7).equals(ignoringCase: "http://") {
            start = range.lowerBound + 7
        } else if target.count > 8, target.part(0..<8).equals(ignoringCase: "https://") {
            start = range.lowerBound + 8
        } else {
            throw .badRequest("The request target must begin with / or http:// or https://.")
        }
        let beforeQuery = start..<max(start, question ?? range.upperBound)
        let end = text.firstIndex(of: UInt8(ascii: "/"), in: beforeQuery) ?? beforeQuery.upperBound
        guard Authority.isValid(text.part(start..<end)) else {
            throw .badRequest("The request target must name a valid host, without a user.")
        }
        authority = Extent(start..<end)
        setPath(end..<range.upperBound, question)
    }

    /// Refuses bytes that no target may hold; returns where the first `?` is.
    private static func check(
        _ text: UnsafeRawBufferPointer, in range: Range<Int>
    ) throws(RequestFault) -> Int? {
        var question: Int?
        var index = range.lowerBound
        while index < range.upperBound {
            switch text[index] {
            case UInt8(ascii: "?"):
                if question == nil { question = index }
            case UInt8(ascii: "%"):
                guard index + 2 < range.upperBound, text[index + 1].hexadecimalValue != nil,
                    text[index + 2].hexadecimalValue != nil
                else {
                    throw .badRequest("A % in the request target needs two hexadecimal digits.")
                }
            case UInt8(ascii: "#"), ...0x20, 0x7F...:
                throw .badRequest(
                    "The request target may hold only visible ASCII without #; percent-encode it.")
            default: break
            }
            index += 1
        }
        return question
    }
}

/// RFC 3986 section 3.2 without user information: `host [":" port]`.
enum Authority {
    static func isValid(_ text: UnsafeRawBufferPointer, needsPort: Bool = false) -> Bool {
        guard let first = text.first else { return false }
        var end = 0
        if first == UInt8(ascii: "[") {
            guard let close = text.firstIndex(of: UInt8(ascii: "]"), in: 0..<text.count),
                IPAddress.isIPv6(text.part(1..<close))
            else { return false }
            end = close + 1
        } else {
            end = text.firstIndex(of: UInt8(ascii: ":"), in: 0..<text.count) ?? text.count
            guard end > 0, isRegisteredName(text.part(0..<end)) else { return false }
        }
        if end == text.count { return !needsPort }
        guard text[end] == UInt8(ascii: ":") else { return false }
        return isPort(text.part(end + 1..<text.count), mayBeEmpty: !needsPort)
    }

    /// `unreserved / pct-encoded / sub-delims`, at most the 255 bytes of a name in the DNS.
    private static func isRegisteredName(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count <= 255 else { return false }
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < text.count, text[index + 1].hexadecimalValue != nil,
                    text[index + 2].hexadecimalValue != nil
                else { return false }
                index += 3
            } else {
                guard isNameByte(byte) else { return false }
                index += 1
            }
        }
        return true
    }

    /// Letters, digits and `-._~!$&'()*+,;=`.
    @inline(__always) private static func isNameByte(_ byte: UInt8) -> Bool {
        let set: UInt64 = byte < 64 ? 0x2BFF_7FD2_0000_0000 : 0x47FF_FFFE_87FF_FFFE
        return byte < 128 && (set >> UInt64(byte & 63)) & 1 == 1
    }

    private static func isPort(_ text: UnsafeRawBufferPointer, mayBeEmpty: Bool) -> Bool {
        guard text.count <= 5, !text.isEmpty || mayBeEmpty else { return false }
        var port = 0
        for byte in text {
            guard byte.isDigit else { return false }
            port = port * 10 + Int(byte - 0x30)
        }
        return port <= 65535
    }
}
