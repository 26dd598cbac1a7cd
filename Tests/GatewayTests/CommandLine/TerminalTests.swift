import Bytes
import Gateway
import Glibc
import Testing

@Suite struct TerminalTests {
    @Test func `a colour is written only where colours are wanted`() {
        let plain = CapturedTerminal().terminal.output
        let colorful = CapturedTerminal(isColorful: true).terminal.output
        #expect(plain.colored("no", .red) == "no")
        #expect(colorful.colored("no", .red) == "\u{1B}[31mno\u{1B}[0m")
    }

    @Test(arguments: [("100", 100), ("10", 40), ("", 80), ("wide", 80), ("-5", 80)])
    func `the width is COLUMNS, or 80 without a terminal`(text: String, columns: Int) {
        withPipe { reader, writer in
            let channel = Terminal.Channel(descriptor: writer, ["COLUMNS": text])
            #expect(channel.columns == columns)
            #expect(!channel.isTerminal)
            #expect(!channel.isColorful)
        }
    }

    @Test func `all of a long text arrives, though the pipe is short`() {
        withPipe { reader, writer in
            #expect(fcntl(writer, F_SETFL, O_NONBLOCK) == 0)
            let text = String(repeating: "0123456789", count: 30_000)
            let sink = Sink(descriptor: reader, count: text.utf8.count)
            let thread = sink.start()
            Terminal.Channel(descriptor: writer, [:]).write(text)
            pthread_join(thread, nil)
            #expect(sink.received.withLock { $0 } == Array(text.utf8))
        }
    }

    /// Reads so many bytes on a thread of its own.
    private final class Sink: Sendable {
        let descriptor: Int32
        let count: Int
        let received = Locked<[UInt8]>([])

        init(descriptor: Int32, count: Int) {
            (self.descriptor, self.count) = (descriptor, count)
        }

        func start() -> pthread_t {
            var thread = pthread_t()
            let context = Unmanaged.passRetained(self).toOpaque()
            pthread_create(
                &thread, nil,
                { context in
                    guard let context else { return nil }
                    Unmanaged<Sink>.fromOpaque(context).takeRetainedValue().readAll()
                    return nil
                }, context)
            return thread
        }

        private func readAll() {
            var buffer = [UInt8](repeating: 0, count: 4096)
            var bytes: [UInt8] = []
            while bytes.count < count {
                let got = read(descriptor, &buffer, buffer.count)
                guard got > 0 else { break }
                bytes += buffer[..<got]
            }
            received.withLock { $0 = bytes }
        }
    }

    private func withPipe(_ body: (Int32, Int32) -> Void) {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        body(ends[0], ends[1])
        close(ends[0])
        close(ends[1])
    }
}
