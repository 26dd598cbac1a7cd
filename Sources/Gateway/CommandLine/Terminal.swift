import CSystem
import Glibc

/// Where a command writes: what it answers, and what it complains about.
package struct Terminal: Sendable {
    package let output: Channel
    package let error: Channel

    package init(output: Channel, error: Channel) {
        (self.output, self.error) = (output, error)
    }

    /// Standard output and standard error.
    package static func ofThisProcess(_ environment: [String: String]) -> Terminal {
        Terminal(
            output: Channel(descriptor: STDOUT_FILENO, environment),
            error: Channel(descriptor: STDERR_FILENO, environment))
    }

    /// One direction of text.
    package struct Channel: Sendable {
        package let isTerminal: Bool
        package let isColorful: Bool
        package let columns: Int
        private let put: @Sendable (String) -> Void

        package init(
            isTerminal: Bool = false, isColorful: Bool = false, columns: Int = 80,
            put: @escaping @Sendable (String) -> Void
        ) {
            self.isTerminal = isTerminal
            self.isColorful = isColorful
            self.columns = columns
            self.put = put
        }

        package func write(_ text: String) { put(text) }
        package func writeLine(_ text: String) { put(text + "\n") }

        /// The text in a colour where colours are wanted.
        package func colored(_ text: String, _ color: Color) -> String {
            isColorful ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
        }
    }

    package enum Color: Int, Sendable {
        case red = 31
        case green = 32
        case yellow = 33
    }
}

extension Terminal.Channel {
    private static let narrowestColumns = 40
    private static let usualColumns = 80

    /// A descriptor of this process.
    package init(descriptor: Int32, _ environment: [String: String]) {
        let isTerminal = isatty(descriptor) == 1
        self.init(
            isTerminal: isTerminal,
            isColorful: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty
                && environment["TERM"] != "dumb",
            columns: Self.columns(of: descriptor, environment)
        ) { Self.writeFully($0, to: descriptor) }
    }

    private static func columns(of descriptor: Int32, _ environment: [String: String]) -> Int {
        let asked = Int(environment["COLUMNS"] ?? "") ?? 0
        let found = asked > 0 ? asked : Int(csystem_terminal_columns(descriptor))
        return found > 0 ? max(narrowestColumns, found) : usualColumns
    }

    /// Writes all of it, waiting where the reader is slow. Gives up where nobody reads any more:
    /// there is no one left to tell.
    private static func writeFully(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno == EAGAIN {
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&wait, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }
}
