import Bytes
import GraphQLExecution
package import GraphQLTypes
import Telemetry

extension DateTime: InputScalar {
    package init(input: InputValue) throws(GraphQLError) {
        let text = try String(input: input)
        guard let moment = DateTime(rfc3339: text) else {
            throw GraphQLError(
                "\"\(text.prefix(100))\" is no moment like 2026-11-21T12:00:00Z.",
                breaking: "DATE_TIME")
        }
        self = moment
    }

    /// RFC 3339 section 5.6, with four digits of a year that is not 0, in UTC as well. Leap seconds
    /// are none here, and what is below a millisecond is dropped.
    ///
    /// ```
    /// date-time = full-date "T" partial-time ( "Z" / ( "+" / "-" ) time-hour ":" time-minute )
    /// ```
    package init?(rfc3339 text: String) {
        var rest = Array(text.utf8)[...]
        guard let day = Self.day(&rest), Self.skip("Tt", &rest),
            let seconds = Self.timeOfDay(&rest), let fraction = Self.fraction(&rest),
            let offset = Self.offset(&rest), rest.isEmpty
        else { return nil }
        let moment = day * 86_400 + seconds - offset
        // What its offset takes out of these years could not be written back.
        guard Self.writableSeconds.contains(moment) else { return nil }
        milliseconds = Int64(moment) * 1_000 + Int64(fraction)
    }

    private static func day(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard let year = number(4, 1...9_999, &rest), skip("-", &rest),
            let month = number(2, 1...12, &rest), skip("-", &rest),
            let day = number(2, 1...31, &rest)
        else { return nil }
        // Years begin in March here, so that the day that some of them lack is their last.
        let shifted = month > 2 ? year : year - 1
        let before = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400
        let days = before + (153 * ((month + 9) % 12) + 2) / 5 + day - 1 - 719_468
        return Timestamps.date(ofDay: days) == (year, month, day) ? days : nil
    }

    private static func timeOfDay(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard let minutes = hoursAndMinutes(&rest), skip(":", &rest),
            let seconds = number(2, 0...59, &rest)
        else { return nil }
        return minutes * 60 + seconds
    }

    private static func hoursAndMinutes(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard let hours = number(2, 0...23, &rest), skip(":", &rest),
            let minutes = number(2, 0...59, &rest)
        else { return nil }
        return hours * 60 + minutes
    }

    /// Milliseconds; 0 where there is no fraction.
    private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard skip(".", &rest) else { return 0 }
        let digits = rest.prefix { $0.isDigit }
        guard !digits.isEmpty, digits.count <= 9 else { return nil }
        rest = rest.dropFirst(digits.count)
        let padded = digits.prefix(3) + Array(repeating: UInt8(ascii: "0"), count: 3)
        return UInt64(decimal: padded.prefix(3)).map { Int($0) }
    }

    /// Seconds east of Greenwich.
    private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int? {
        if skip("Zz", &rest) { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard skip("+-", &rest), let minutes = hoursAndMinutes(&rest) else { return nil }
        return (isWest ? -60 : 60) * minutes
    }

    private static func number(
        _ digits: Int, _ range: ClosedRange<Int>, _ rest: inout ArraySlice<UInt8>
    ) -> Int? {
        let text = rest.prefix(digits)
        guard text.count == digits, let number = UInt64(decimal: text),
            range.contains(Int(number))
        else { return nil }
        rest = rest.dropFirst(digits)
        return Int(number)
    }

    private static func skip(_ any: String, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard let first = rest.first, any.utf8.contains(first) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
