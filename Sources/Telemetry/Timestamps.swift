package import Bytes

/// Writes moments as RFC 3339 says, with milliseconds and the offset of one time zone:
/// `2026-08-06T14:03:07.042+02:00`, or with a `Z` in `UTC`.
///
/// Moments of the second written last cost a copy of thirty bytes, others a look at the zone.
package struct Timestamps: ~Copyable, Sendable {
    package let zone: TimeZoneName
    private var second: Int64?
    private var head = ByteBuffer(capacity: 20)
    private var offset = ByteBuffer(capacity: 6)

    package init(in zone: TimeZoneName) { self.zone = zone }

    /// Appends the moment `milliseconds` after 1970-01-01T00:00:00Z; years have four digits.
    package mutating func append(_ milliseconds: Int64, to buffer: inout ByteBuffer) {
        let second = milliseconds.floorDivided(by: 1000)
        if second != self.second { prepare(second) }
        head.withUnsafeBytes { buffer.append($0) }
        buffer.append(decimal: Int(milliseconds - second * 1000), width: 3)
        offset.withUnsafeBytes { buffer.append($0) }
    }

    /// Appends a moment in UTC: for moments that are far from one another.
    package static func append(utc milliseconds: Int64, to buffer: inout ByteBuffer) {
        let day = milliseconds.floorDivided(by: 86_400_000)
        let time = Int(milliseconds - day * 86_400_000)
        append(day: Int(day), to: &buffer)
        buffer.append(UInt8(ascii: "T"))
        append(timeOfDay: time / 1000, to: &buffer)
        buffer.append(UInt8(ascii: "."))
        buffer.append(decimal: time % 1000, width: 3)
        buffer.append(UInt8(ascii: "Z"))
    }

    private mutating func prepare(_ second: Int64) {
        let offsetSeconds = zone.offsetSeconds(at: second)
        let local = second + Int64(offsetSeconds)
        head.removeAll()
        Self.append(day: Int(local.floorDivided(by: 86_400)), to: &head)
        head.append(UInt8(ascii: "T"))
        Self.append(
            timeOfDay: Int(local - local.floorDivided(by: 86_400) * 86_400), to: &head)
        head.append(UInt8(ascii: "."))
        writeOffset(offsetSeconds)
        self.second = second
    }

    /// Appends the Gregorian date `days` after 1970-01-01; years have four digits.
    package static func append(day days: Int, to buffer: inout ByteBuffer) {
        let date = date(ofDay: days)
        buffer.append(decimal: date.year, width: 4)
        append(date.month, date.day, with: UInt8(ascii: "-"), to: &buffer)
    }

    /// Appends two numbers of two digits, each behind a mark.
    private static func append(
        _ first: Int, _ second: Int, with mark: UInt8, to buffer: inout ByteBuffer
    ) {
        let room = buffer.reserve(6)
        room.storeBytes(of: mark, as: UInt8.self)
        room.storeBytes(of: UInt16(decimalDigitsOf: first), toByteOffset: 1, as: UInt16.self)
        room.storeBytes(of: mark, toByteOffset: 3, as: UInt8.self)
        room.storeBytes(of: UInt16(decimalDigitsOf: second), toByteOffset: 4, as: UInt16.self)
        buffer.commit(6)
    }

    /// The Gregorian date `days` after 1970-01-01, counted in years that begin in March so that a
    /// leap day is the last day of its year.
    package static func date(ofDay days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = Int(Int64(shifted).floorDivided(by: 146_097))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * marchMonth + 2) / 5 + 1
        )
    }

    private static func append(timeOfDay seconds: Int, to buffer: inout ByteBuffer) {
        buffer.append(decimal: seconds / 3600, width: 2)
        append(seconds / 60 % 60, seconds % 60, with: UInt8(ascii: ":"), to: &buffer)
    }

    private mutating func writeOffset(_ seconds: Int) {
        offset.removeAll()
        if zone == .utc { return offset.append(UInt8(ascii: "Z")) }
        offset.append(UInt8(ascii: seconds < 0 ? "-" : "+"))
        offset.append(decimal: abs(seconds) / 3600, width: 2)
        offset.append(UInt8(ascii: ":"))
        offset.append(decimal: abs(seconds) / 60 % 60, width: 2)
    }
}

extension Int64 {
    /// Division that rounds down, also below zero.
    package func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
