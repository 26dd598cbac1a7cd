package import Bytes

/// A second of HTTP's calendar (RFC 9110 section 5.6.7), counted from 1970 in UTC.
package struct HTTPDate: Hashable, Comparable, Sendable {
    package var secondsSinceEpoch: Int64

    package init(secondsSinceEpoch: Int64) { self.secondsSinceEpoch = secondsSinceEpoch }

    package static func < (one: Self, other: Self) -> Bool {
        one.secondsSinceEpoch < other.secondsSinceEpoch
    }
}

// MARK: - Writing

extension HTTPDate {
    package var text: String {
        var buffer = ByteBuffer(capacity: 32)
        write(to: &buffer)
        return String(decoding: buffer.array(), as: UTF8.self)
    }

    /// Appends `Sun, 06 Nov 1994 08:49:37 GMT`. Good for the years 0 to 9999.
    package func write(to buffer: inout ByteBuffer) {
        let (days, second) = secondsSinceEpoch.quotientAndRemainderDown(by: 86400)
        let date = CalendarDate(daysSinceEpoch: days)
        // The first of January 1970 was a Thursday.
        let weekday = Int((days + 4).quotientAndRemainderDown(by: 7).remainder)
        buffer.append(Self.shortWeekdays[weekday])
        buffer.append(", ")
        buffer.append(decimal: date.day, width: 2)
        buffer.append(" ")
        buffer.append(Self.months[date.month - 1])
        buffer.append(" ")
        buffer.append(decimal: date.year, width: 4)
        buffer.append(" ")
        buffer.append(decimal: Int(second) / 3600, width: 2)
        buffer.append(":")
        buffer.append(decimal: Int(second) / 60 % 60, width: 2)
        buffer.append(":")
        buffer.append(decimal: Int(second) % 60, width: 2)
        buffer.append(" GMT")
    }

    fileprivate static let weekdays = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    fileprivate static let shortWeekdays = weekdays.map { String($0.prefix(3)) }
    fileprivate static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

// MARK: - Reading

extension HTTPDate {
    /// Reads an IMF-fixdate, or one of the obsolete forms of RFC 850 and asctime; nil for all else.
    ///
    /// The name of the day must be one but is not checked against the date. `now` says which
    /// century a year of two digits belongs to.
    package init?(_ text: some Collection<UInt8>, now: HTTPDate) {
        guard text.count <= Self.maximumTextBytes else { return nil }
        let bytes = [UInt8](text)
        guard let date = Self.current(bytes) ?? Self.asctime(bytes) ?? Self.rfc850(bytes, now: now)
        else { return nil }
        self = date
    }

    /// `Wednesday, 06-Nov-94 08:49:37 GMT`
    private static let maximumTextBytes = 33

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    private static func current(_ text: [UInt8]) -> HTTPDate? {
        var reader = DateReader(text)
        guard reader.name(of: shortWeekdays) != nil, reader.skip(", "),
            let day = reader.number(digits: 2), reader.skip(" "),
            let month = reader.name(of: months), reader.skip(" "),
            let year = reader.number(digits: 4), reader.skip(" "),
            let second = reader.timeOfDay(), reader.skip(" GMT"), reader.isAtEnd
        else { return nil }
        return HTTPDate(year: year, month: month + 1, day: day, second: second)
    }

    /// `Sunday, 06-Nov-94 08:49:37 GMT`; a year over 50 years ahead lies in the past.
    private static func rfc850(_ text: [UInt8], now: HTTPDate) -> HTTPDate? {
        var reader = DateReader(text)
        guard reader.name(of: weekdays) != nil, reader.skip(", "),
            let day = reader.number(digits: 2), reader.skip("-"),
            let month = reader.name(of: months), reader.skip("-"),
            let short = reader.number(digits: 2), reader.skip(" "),
            let second = reader.timeOfDay(), reader.skip(" GMT"), reader.isAtEnd
        else { return nil }
        let current = CalendarDate(daysSinceEpoch: now.days).year
        let year = current - current % 100 + short
        let chosen = [year + 100, year, year - 100].first { $0 <= current + 50 }
        guard let chosen else { return nil }
        return HTTPDate(year: chosen, month: month + 1, day: day, second: second)
    }

    /// `Sun Nov  6 08:49:37 1994`
    private static func asctime(_ text: [UInt8]) -> HTTPDate? {
        var reader = DateReader(text)
        guard reader.name(of: shortWeekdays) != nil, reader.skip(" "),
            let month = reader.name(of: months), reader.skip(" "),
            let day = reader.number(digits: reader.skip(" ") ? 1 : 2), reader.skip(" "),
            let second = reader.timeOfDay(), reader.skip(" "),
            let year = reader.number(digits: 4), reader.isAtEnd
        else { return nil }
        return HTTPDate(year: year, month: month + 1, day: day, second: second)
    }

    private init?(year: Int, month: Int, day: Int, second: Int) {
        let date = CalendarDate(year: year, month: month, day: day)
        let days = date.daysSinceEpoch
        guard CalendarDate(daysSinceEpoch: days) == date else { return nil }
        secondsSinceEpoch = days * 86400 + Int64(second)
    }

    fileprivate var days: Int64 { secondsSinceEpoch.quotientAndRemainderDown(by: 86400).quotient }
}

/// Takes a date apart from its front.
private struct DateReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: [UInt8]) { rest = text[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ text: String) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }

    mutating func name(of names: [String]) -> Int? {
        for (index, name) in names.enumerated() where skip(name) { return index }
        return nil
    }

    mutating func number(digits: Int) -> Int? {
        guard rest.count >= digits, let number = UInt64(decimal: rest.prefix(digits)) else {
            return nil
        }
        rest = rest.dropFirst(digits)
        return Int(number)
    }

    /// `08:49:37` as a second of the day; a leap second is the one after it.
    mutating func timeOfDay() -> Int? {
        guard let hour = number(digits: 2), skip(":"), let minute = number(digits: 2), skip(":"),
            let second = number(digits: 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }
}

// MARK: - The calendar

/// A day of the Gregorian calendar, reckoned in years that begin in March and eras of 400 years.
private struct CalendarDate: Equatable {
    var year: Int
    var month: Int
    var day: Int

    private static let daysPerEra: Int64 = 146_097
    /// From the first of March of the year 0 to 1970.
    private static let daysToEpoch: Int64 = 719_468
}

extension CalendarDate {
    init(daysSinceEpoch: Int64) {
        let days = daysSinceEpoch + Self.daysToEpoch
        let (era, dayOfEra) = days.quotientAndRemainderDown(by: Self.daysPerEra)
        let leapDays = dayOfEra / 1460 - dayOfEra / 36524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = Int(dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100))
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    var daysSinceEpoch: Int64 {
        let marchYear = Int64(month <= 2 ? year - 1 : year)
        let (era, yearOfEra) = marchYear.quotientAndRemainderDown(by: 400)
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = Int64((153 * monthFromMarch + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysPerEra + dayOfEra - Self.daysToEpoch
    }
}

extension Int64 {
    /// Division that rounds down, so that times before 1970 work.
    fileprivate func quotientAndRemainderDown(
        by divisor: Int64
    ) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
