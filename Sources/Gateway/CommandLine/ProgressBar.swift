/// Shows how far a long command has come: one redrawn line on a terminal, plain lines elsewhere.
///
/// The caller reports often; the bar writes seldom. Times come from the clock that is passed in.
package struct ProgressBar {
    private let title: String
    private let total: Int
    private let channel: Terminal.Channel
    private let nowMilliseconds: () -> Int
    private let intervalMilliseconds: Int
    private let startMilliseconds: Int
    private var lastWriteMilliseconds: Int?
    private var done = 0
    private var isFinished = false

    /// A terminal is redrawn at most ten times a second; a pipe gets a line at most every interval.
    package init(
        _ title: String, total: Int, on channel: Terminal.Channel,
        lineEveryMilliseconds: Int = 5000,
        nowMilliseconds: @escaping () -> Int
    ) {
        self.title = title
        self.total = max(0, total)
        self.channel = channel
        self.nowMilliseconds = nowMilliseconds
        intervalMilliseconds = channel.isTerminal ? 100 : lineEveryMilliseconds
        startMilliseconds = nowMilliseconds()
        // A pipe's first line waits for an interval; a terminal shows the bar at once.
        lastWriteMilliseconds = channel.isTerminal ? nil : startMilliseconds
    }

    /// Says how much of the total is done. What passes the total counts as the total.
    package mutating func advance(to count: Int) {
        precondition(!isFinished, "a finished bar does not advance")
        done = min(max(done, count), total)
        let now = nowMilliseconds()
        if let last = lastWriteMilliseconds, now - last < intervalMilliseconds { return }
        lastWriteMilliseconds = now
        write(at: now)
    }

    /// Writes the last state and leaves the line. Doing it twice does nothing.
    package mutating func finish() {
        guard !isFinished else { return }
        isFinished = true
        write(at: nowMilliseconds())
        if channel.isTerminal { channel.write("\n") }
    }

    private func write(at now: Int) {
        let elapsed = max(0, now - startMilliseconds)
        if channel.isTerminal {
            channel.write("\r\(line(after: elapsed))\u{1B}[K")
        } else {
            let facts = ["\(percent) %"] + facts(after: elapsed)
            channel.writeLine("\(title): \(facts.joined(separator: ", "))")
        }
    }
}

// The text.
extension ProgressBar {
    private static let narrowestBar = 10
    private static let widestBar = 30
    /// `  99999/s  59m59s left`
    private static let roomForRateAndTime = 21
    private static let longestSecondsLeft = 999.0 * 3600

    private var percent: Int { share(of: 100) }

    /// How many of the parts are done, rounded down.
    private func share(of parts: Int) -> Int {
        total == 0
            ? parts : total.dividingFullWidth(done.multipliedFullWidth(by: parts)).quotient
    }

    /// The bar keeps its width while the numbers beside it grow; zero where there is no room.
    private var barWidth: Int {
        let numbers = "100 %".count + 2 + 2 * String(total).count + 1 + Self.roomForRateAndTime
        let room = channel.columns - 1 - title.count - "  []  ".count - numbers
        return room < Self.narrowestBar ? 0 : min(room, Self.widestBar)
    }

    /// Cut one column before the edge, where terminals would wrap.
    private func line(after elapsed: Int) -> String {
        let width = barWidth
        let filled = share(of: width)
        let bar =
            String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        let tail = [Self.padded(percent, to: 3) + " %"] + facts(after: elapsed)
        let parts = [title] + (width == 0 ? [] : ["[\(bar)]"]) + tail
        return String(parts.joined(separator: "  ").prefix(channel.columns - 1))
    }

    /// Count, rate, and the time left or, at the end, the time taken.
    private func facts(after elapsed: Int) -> [String] {
        var facts = ["\(done)/\(total)"]
        guard elapsed > 0 else { return facts }
        let rate = Double(done) * 1000 / Double(elapsed)
        facts.append("\(Self.rate(rate))/s")
        if isFinished {
            facts.append("in \(Self.time(elapsed / 1000))")
        } else if rate > 0 {
            let seconds = min(Double(total - done) / rate, Self.longestSecondsLeft)
            facts.append("\(Self.time(Int(seconds.rounded(.up)))) left")
        }
        return facts
    }

    private static func rate(_ rate: Double) -> String {
        guard rate < 10 else { return String(Int(rate.rounded())) }
        let tenths = Int((rate * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// `7s`, `3m07s` or `2h05m`.
    private static func time(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds)s"
        case ..<3600: "\(seconds / 60)m\(padded(seconds % 60, to: 2, with: "0"))s"
        default: "\(seconds / 3600)h\(padded(seconds % 3600 / 60, to: 2, with: "0"))m"
        }
    }

    private static func padded(
        _ number: Int, to width: Int, with character: String = " "
    ) -> String {
        let digits = String(number)
        return String(repeating: character, count: max(0, width - digits.count)) + digits
    }
}
