import Bytes
import Gateway

/// A terminal whose text stays in memory.
final class CapturedTerminal: Sendable {
    private let texts = Locked((output: "", error: ""))
    private let isTerminal: Bool
    private let isColorful: Bool
    private let columns: Int

    init(isTerminal: Bool = false, isColorful: Bool = false, columns: Int = 80) {
        self.isTerminal = isTerminal
        self.isColorful = isColorful
        self.columns = columns
    }

    var output: String { texts.withLock { $0.output } }
    var error: String { texts.withLock { $0.error } }

    var terminal: Terminal {
        Terminal(
            output: channel { text in self.texts.withLock { $0.output += text } },
            error: channel { text in self.texts.withLock { $0.error += text } })
    }

    private func channel(_ put: @escaping @Sendable (String) -> Void) -> Terminal.Channel {
        Terminal.Channel(
            isTerminal: isTerminal, isColorful: isColorful, columns: columns, put: put)
    }
}
