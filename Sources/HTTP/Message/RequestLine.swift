import Bytes

/// RFC 9112 section 3: `method SP request-target SP HTTP-version`, each space a single one.
struct RequestLine {
    var method: Method
    var version: HTTPVersion
    var target: RequestTarget

    /// Parses `text[..<end]`, a line without its CRLF.
    init(
        _ text: UnsafeRawBufferPointer, upTo end: Int, limits: RequestLimits
    ) throws(RequestFault) {
        guard let methodEnd = text.firstIndex(of: 0x20, in: 0..<end) else {
            throw Self.incomplete(text.part(0..<end))
        }
        let method = Method(text.part(0..<methodEnd))
        if method == nil, !text.part(0..<methodEnd).isToken { throw Self.badMethod }

        let targetStart = methodEnd + 1
        guard let targetEnd = text.firstIndex(of: 0x20, in: targetStart..<end) else {
            throw .badRequest("The request line has no version; end it with HTTP/1.1.")
        }
        let target = targetStart..<targetEnd
        guard target.count <= limits.maximumTargetBytes else {
            throw .targetTooLong(limit: limits.maximumTargetBytes)
        }
        version = try Self.version(text.part(targetEnd + 1..<end))
        guard let method else { throw Self.unknownMethod }
        self.method = method
        self.target = try RequestTarget(text, in: target, method: method)
    }

    /// `HTTP/` digit `.` digit, in upper case; a later minor version counts as 1.1.
    private static func version(
        _ text: UnsafeRawBufferPointer
    ) throws(RequestFault) -> HTTPVersion {
        guard text.count == 8, text.part(0..<5).equals("HTTP/"),
            text[5].isDigit, text[6] == UInt8(ascii: "."), text[7].isDigit
        else {
            throw .badRequest(
                "The request line must end in one space and HTTP/1.1, in upper case.")
        }
        guard text[5] == UInt8(ascii: "1") else { throw .versionNotSupported }
        return text[7] == UInt8(ascii: "0") ? .http10 : .http11
    }

    /// The fault of a line that passes every limit, told from its bytes up to that limit.
    static func overflow(_ text: UnsafeRawBufferPointer, limits: RequestLimits) -> RequestFault {
        guard let methodEnd = text.firstIndex(of: 0x20, in: 0..<text.count),
            methodEnd <= RequestLimits.maximumMethodBytes
        else {
            let method = text.part(0..<min(text.count, RequestLimits.maximumMethodBytes))
            return method.isToken ? unknownMethod : badMethod
        }
        guard text.part(0..<methodEnd).isToken else { return badMethod }
        let target = methodEnd + 1..<text.count
        let end = text.firstIndex(of: 0x20, in: target) ?? target.upperBound
        if end - target.lowerBound > limits.maximumTargetBytes || end == target.upperBound {
            return .targetTooLong(limit: limits.maximumTargetBytes)
        }
        return .badRequest("The request line goes on behind its version; end it with CRLF.")
    }

    private static func incomplete(_ line: UnsafeRawBufferPointer) -> RequestFault {
        guard line.isToken else { return badMethod }
        return .badRequest(
            "The request line must be a method, a target and HTTP/1.1, with single spaces.")
    }

    static let badMethod = RequestFault.badRequest(
        "The request does not begin with a method; send HTTP/1.1 in plain text to this port.")
    static let unknownMethod = RequestFault.notImplemented(
        "The request method is not known here; use one of RFC 9110 or PATCH.")
}
