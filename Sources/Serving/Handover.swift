import CSystem
import Glibc

/// What a supervisor leaves to the program that replaces it in its own process: open descriptors
/// and running workers, named in one environment variable.
struct Handover: Equatable {
    struct Worker: Equatable {
        let process: Int32
        let slot: Int
        let channel: Int32
    }

    var board: Int32
    var rates: Int32
    var listeners: [Listeners.Entry]
    var workers: [Worker]

    static let variable = "HANDOVER_OF_MARQUEE"

    /// A line each, the words divided by tabs.
    var text: String {
        var lines = ["board\t\(board)", "rates\t\(rates)"]
        lines += listeners.map { "socket\t\($0.descriptor)\t\($0.requested)\t\($0.actual)" }
        lines += workers.map { "worker\t\($0.process)\t\($0.slot)\t\($0.channel)" }
        return lines.joined(separator: "\n")
    }

    init(board: Int32, rates: Int32, listeners: [Listeners.Entry], workers: [Worker]) {
        (self.board, self.rates) = (board, rates)
        (self.listeners, self.workers) = (listeners, workers)
    }

    /// Nil unless every line can be understood. A program of before has no `rates`.
    init?(_ text: String) {
        self.init(board: -1, rates: -1, listeners: [], workers: [])
        for line in text.split(separator: "\n") {
            let words = line.split(separator: "\t").map(String.init)
            guard words.count >= 2, let number = Int32(words[1]) else { return nil }
            switch (words[0], words.count) {
            case ("board", 2): board = number
            case ("rates", 2): rates = number
            case ("socket", 4):
                listeners.append(
                    .init(descriptor: number, requested: words[2], actual: words[3]))
            case ("worker", 4):
                guard let slot = Int(words[2]), let channel = Int32(words[3]) else { return nil }
                workers.append(Worker(process: number, slot: slot, channel: channel))
            default: return nil
            }
        }
        guard board >= 0 else { return nil }
    }

    /// Every descriptor that must live through the exec.
    var descriptors: [Int32] {
        [board, rates] + listeners.map(\.descriptor) + workers.map(\.channel)
    }

    func setCloseOnExec(_ isOn: Bool) {
        for descriptor in descriptors { _ = csystem_set_close_on_exec(descriptor, isOn ? 1 : 0) }
    }
}
