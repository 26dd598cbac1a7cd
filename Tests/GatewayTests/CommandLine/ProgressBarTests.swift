import Bytes
import Gateway
import Testing

@Suite struct ProgressBarTests {
    /// Steps of `(milliseconds, done)`, then the end at `end` milliseconds.
    private func text(
        of steps: [(Int, Int)], end: Int, total: Int = 200, on captured: CapturedTerminal
    ) -> String {
        let clock = Locked(0)
        var bar = ProgressBar("Movies", total: total, on: captured.terminal.output) {
            clock.withLock { $0 }
        }
        for (time, done) in steps {
            clock.withLock { $0 = time }
            bar.advance(to: done)
        }
        clock.withLock { $0 = end }
        bar.finish()
        bar.finish()
        return captured.output
    }

    @Test func `a terminal has one line that is drawn again`() {
        let captured = CapturedTerminal(isTerminal: true, columns: 60)
        #expect(
            text(of: [(0, 0), (1000, 50), (1099, 60), (1100, 55)], end: 4000, on: captured)
                == "\rMovies  [............]    0 %  0/200\u{1B}[K"
                + "\rMovies  [###.........]   25 %  50/200  50/s  3s left\u{1B}[K"
                + "\rMovies  [###.........]   30 %  60/200  55/s  3s left\u{1B}[K"
                + "\rMovies  [###.........]   30 %  60/200  15/s  in 4s\u{1B}[K\n")
    }

    @Test func `a full bar is full`() {
        let captured = CapturedTerminal(isTerminal: true)
        let bar = String(repeating: "#", count: 30)
        #expect(
            text(of: [], end: 1000, total: 0, on: captured)
                == "\rMovies  [\(bar)]  100 %  0/0  0.0/s  in 1s\u{1B}[K\n")
    }

    @Test func `a narrow terminal has no bar`() {
        let captured = CapturedTerminal(isTerminal: true, columns: 40)
        #expect(
            text(of: [(1000, 50)], end: 2000, on: captured)
                == "\rMovies   25 %  50/200  50/s  3s left\u{1B}[K"
                + "\rMovies   25 %  50/200  25/s  in 2s\u{1B}[K\n")
    }

    @Test func `a line never reaches the edge of the terminal`() {
        for columns in 1...100 {
            let captured = CapturedTerminal(isTerminal: true, columns: columns)
            let lines = text(of: [(0, 0), (1000, 50)], end: 2000, on: captured)
                .split(separator: "\r").map { $0.prefix { $0 != "\u{1B}" } }
            #expect(lines.allSatisfy { $0.count < columns }, "\(columns) columns")
        }
    }

    @Test func `a pipe has a line at most every five seconds, and one at the end`() {
        let steps = [(0, 0), (4999, 10), (5000, 20), (9999, 30), (10_000, 100)]
        #expect(
            text(of: steps, end: 20_000, on: CapturedTerminal()) == """
                Movies: 10 %, 20/200, 4.0/s, 45s left
                Movies: 50 %, 100/200, 10/s, 10s left
                Movies: 50 %, 100/200, 5.0/s, in 20s

                """)
    }

    @Test func `long times are written in minutes and hours`() {
        #expect(
            text(of: [(60_000, 1), (120_000, 4)], end: 7_500_000, on: CapturedTerminal()) == """
                Movies: 0 %, 1/200, 0.0/s, 3h19m left
                Movies: 2 %, 4/200, 0.0/s, 1h38m left
                Movies: 2 %, 4/200, 0.0/s, in 2h05m

                """)
    }

    @Test(arguments: [(0, "100 %, 0/0"), (5, "100 %, 5/5")])
    func `what passes the total counts as the total`(total: Int, facts: String) {
        #expect(
            text(of: [(0, 9)], end: 0, total: total, on: CapturedTerminal())
                == "Movies: \(facts)\n")
    }

    @Test func `the largest totals are bearable`() {
        #expect(
            text(of: [(90_000_000, 1)], end: 90_000_000, total: .max / 100, on: CapturedTerminal())
                == """
                Movies: 0 %, 1/92233720368547758, 0.0/s, 999h00m left
                Movies: 0 %, 1/92233720368547758, 0.0/s, in 25h00m

                """)
    }
}
