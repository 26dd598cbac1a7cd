/// A moment, to the microsecond: a `timestamptz`.
package struct Timestamp: Hashable, Comparable, Sendable, PostgresValue {
    /// From 1970-01-01T00:00:00Z; before it negative.
    package let microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }

    /// The database's `infinity` and `-infinity`.
    package static let distantFuture = Timestamp(microseconds: .max)
    package static let distantPast = Timestamp(microseconds: .min)

    /// From 1970 to 2000, where the database counts from.
    private static let epoch: Int64 = 946_684_800_000_000

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    package static var postgresType: OID { .timestamptz }

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        let isFinite = self != .distantFuture && self != .distantPast
        bytes.append(integer: isFinite ? microseconds &- Self.epoch : microseconds)
        return true
    }

    package static func canDecode(_ type: OID) -> Bool { type == .timestamptz }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Timestamp? {
        guard let value = bytes.integer(Int64.self) else { return nil }
        if value == .max { return .distantFuture }
        if value == .min { return .distantPast }
        return Timestamp(microseconds: value &+ epoch)
    }
}

/// A day of the calendar: a `date`.
package struct CalendarDate: Hashable, Comparable, Sendable, PostgresValue {
    /// From 1970-01-01; before it negative.
    package let days: Int32

    package init(days: Int32) { self.days = days }

    /// From 1970 to 2000, where the database counts from.
    private static let epoch: Int32 = 10_957

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.days < right.days
    }

    package static var postgresType: OID { .date }

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        bytes.append(integer: days &- Self.epoch)
        return true
    }

    package static func canDecode(_ type: OID) -> Bool { type == .date }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> CalendarDate? {
        bytes.integer(Int32.self).map { CalendarDate(days: $0 &+ epoch) }
    }
}
