import Bytes

/// What a Range field asks of content of a known length (RFC 9110 section 14).
package enum RangeRequest: Equatable, Sendable {
    /// Serve the whole: another unit, bad syntax, too many ranges, or ranges that overlap.
    case ignored
    /// Serve these, in this order; never empty, none of them empty, all within the length.
    case satisfiable([Range<Int>])
    /// Answer 416: not one of the ranges begins within the length.
    case unsatisfiable

    package static let maximumRanges = 8
}

extension RangeRequest {
    /// Reads `bytes=first-last, first-, -suffix`. Numbers too large for an `Int` count as the
    /// largest one. A suffix of nothing at all is ignored: no Content-Range could say it.
    package init(_ value: ArraySlice<UInt8>, length: Int) {
        guard let equals = value.firstIndex(of: UInt8(ascii: "=")),
            value[..<equals].equalsIgnoringCase("bytes")
        else {
            self = .ignored
            return
        }
        self = Self.members(value[(equals + 1)...], length: length) ?? .ignored
    }

    private static func members(_ list: ArraySlice<UInt8>, length: Int) -> RangeRequest? {
        var ranges: [Range<Int>] = []
        var count = 0
        for member in list.split(separator: UInt8(ascii: ",")) {
            let member = member.trimmingSpaces
            if member.isEmpty { continue }
            count += 1
            guard count <= maximumRanges, let range = range(member, length: length) else {
                return nil
            }
            if range.isEmpty { continue }
            if ranges.contains(where: { $0.overlaps(range) }) { return nil }
            ranges.append(range)
        }
        if count == 0 { return nil }
        if !ranges.isEmpty { return .satisfiable(ranges) }
        return length == 0 && hasSuffix(list) ? nil : .unsatisfiable
    }

    /// The positions one member names, empty when there are none; nil for bad syntax.
    private static func range(_ member: ArraySlice<UInt8>, length: Int) -> Range<Int>? {
        guard let dash = member.firstIndex(of: UInt8(ascii: "-")) else { return nil }
        let (first, last) = (member[..<dash], member[(dash + 1)...])
        if first.isEmpty {
            guard let suffix = number(last) else { return nil }
            return length - min(suffix, length)..<length
        }
        guard let start = number(first) else { return nil }
        if last.isEmpty { return min(start, length)..<length }
        guard let end = number(last), start <= end else { return nil }
        return start < length ? start..<min(end, length - 1) + 1 : length..<length
    }

    /// Whether a member is `-n` with an n above 0.
    private static func hasSuffix(_ list: ArraySlice<UInt8>) -> Bool {
        list.split(separator: UInt8(ascii: ",")).contains { member in
            let member = member.trimmingSpaces
            return member.first == UInt8(ascii: "-") && number(member.dropFirst()) ?? 0 > 0
        }
    }

    /// The value of `1*DIGIT`, at most `Int.max`.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return nil }
        return UInt64(decimal: digits).map { Int(clamping: $0) } ?? .max
    }
}
