import Bytes

/// Lines up to an empty one: the head, or the trailers.
///
/// When such a section lies whole in one piece of input it is parsed where it is and copied once.
/// Otherwise its pieces are gathered first. Lines are judged when they are complete, or when they
/// reach their limit, so that the cuts between pieces do not matter.
extension RequestParser {
    mutating func beginSection() {
        section.removeAll()
        (lineStart, searched) = (0, 0)
    }

    /// Takes input up to the end of the section; false when it ends before that.
    mutating func collect(
        _ input: UnsafeRawBufferPointer, _ position: inout Int, isTrailers: Bool
    ) throws(RequestFault) -> Bool {
        let held = section.bytes.count
        if held == 0 {
            let text = input.part(position..<input.count)
            let length = try parse(text, isTrailers: isTrailers)
            section.bytes.append(contentsOf: text.part(0..<(length ?? text.count)))
            position += length ?? text.count
            return length != nil
        }
        let limit = sectionLimit(isTrailers)
        let end = min(input.count, position + limit - held)
        section.bytes.append(contentsOf: input.part(position..<end))
        let length = try parseGathered(isTrailers: isTrailers)
        position += (length ?? section.bytes.count) - held
        if let length { section.bytes.removeLast(section.bytes.count - length) }
        return length != nil
    }

    private mutating func parseGathered(isTrailers: Bool) throws(RequestFault) -> Int? {
        let bytes = section.bytes
        let result = bytes.withUnsafeBytes { text in
            Result { () throws(RequestFault) in try parse(text, isTrailers: isTrailers) }
        }
        return try result.get()
    }

    /// Parses the lines of `text`, the section from its start, that are new and complete. Returns
    /// the length of the section once its empty line is there.
    private mutating func parse(
        _ text: UnsafeRawBufferPointer, isTrailers: Bool
    ) throws(RequestFault) -> Int? {
        while true {
            let limit = lineLimit(isTrailers)
            let end = min(limit, text.count)
            guard let newline = text.firstIndex(of: 0x0A, in: searched..<end) else {
                if end == limit { throw overflow(text.part(0..<limit), isTrailers: isTrailers) }
                searched = end
                return nil
            }
            guard newline > lineStart, text[newline - 1] == 0x0D else { throw Self.bareLF }
            let line = lineStart..<newline - 1
            (lineStart, searched) = (newline + 1, newline + 1)
            if line.isEmpty { return newline + 1 }
            if line.lowerBound == 0, !isTrailers {
                try takeRequestLine(text, upTo: line.upperBound)
            } else {
                try takeField(text, in: line, isTrailers: isTrailers)
            }
        }
    }

    private mutating func takeRequestLine(
        _ text: UnsafeRawBufferPointer, upTo end: Int
    ) throws(RequestFault) {
        let line = try RequestLine(text, upTo: end, limits: limits)
        head.method = line.method
        head.version = line.version
        head.targetExtent = line.target.whole
        head.pathExtent = line.target.path
        head.queryExtent = line.target.query
        head.hostExtent = line.target.authority
    }

    @inline(__always)
    private mutating func takeField(
        _ text: UnsafeRawBufferPointer, in range: Range<Int>, isTrailers: Bool
    ) throws(RequestFault) {
        let line = try HeaderFields.Line(text, in: range)
        let index = section.lines.count
        guard index < limits.maximumFields else {
            throw .headersTooLarge(
                "There are more than \(limits.maximumFields) fields; send fewer.")
        }
        section.lines.append(line)
        if isTrailers {
            try refuseFraming(text.part(line.name.range))
        } else {
            try framing.take(line, at: index, of: text)
        }
    }

    /// RFC 9110 section 6.5.1: what frames or routes a message comes too late in its trailers.
    private func refuseFraming(_ name: UnsafeRawBufferPointer) throws(RequestFault) {
        guard
            name.equals(ignoringCase: "content-length")
                || name.equals(ignoringCase: "transfer-encoding")
                || name.equals(ignoringCase: "host")
        else { return }
        throw .badRequest("The trailers hold a field that frames or routes; send it in the head.")
    }
}

extension RequestParser {
    private func sectionLimit(_ isTrailers: Bool) -> Int {
        isTrailers ? limits.maximumTrailerBytes : limits.maximumHeadBytes
    }

    /// The position that the present line has to end before, its LF included.
    private func lineLimit(_ isTrailers: Bool) -> Int {
        let isRequestLine = lineStart == 0 && !isTrailers
        let line = isRequestLine ? maximumRequestLineBytes : limits.maximumFieldBytes
        return min(lineStart + line + 2, sectionLimit(isTrailers))
    }

    private var maximumRequestLineBytes: Int {
        RequestLimits.maximumMethodBytes + limits.maximumTargetBytes + " HTTP/1.1 ".utf8.count
    }

    /// The fault of a line that has not ended where `text` ends, at its limit.
    private func overflow(_ text: UnsafeRawBufferPointer, isTrailers: Bool) -> RequestFault {
        if lineStart == 0, !isTrailers { return RequestLine.overflow(text, limits: limits) }
        if text.count == sectionLimit(isTrailers) {
            let part = isTrailers ? "trailers are" : "head is"
            return .headersTooLarge(
                "The \(part) longer than \(text.count) bytes; send fewer or shorter fields.")
        }
        return .headersTooLarge(
            "A field is longer than \(limits.maximumFieldBytes) bytes; send it in the body.")
    }
}
