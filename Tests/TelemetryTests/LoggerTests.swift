import Bytes
import Glibc
import Synchronization
import Telemetry
import TestSupport
import Testing

private func logger(to pipe: Pipe, isUnbuffered: Bool = false) -> Logger {
    let settings = LogSettings(descriptor: pipe.writeEnd, isUnbuffered: isUnbuffered)
    return Logger(settings, clock: { 0 })
}

/// The message of a JSON line, or all of a line that is not whole.
private func message(_ line: Substring) -> Substring {
    guard line.hasPrefix(#"{"time":"1970-"#), line.hasSuffix("}"),
        let start = line.firstRange(of: #""message":""#)
    else { return line }
    return line[start.upperBound...].prefix { $0 != "\"" }
}

/// Runs the bodies at the same time, each on a thread of its own, until all have ended.
private func together(_ bodies: [@Sendable () -> Void]) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let threads = bodies.map { body in
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Box(body)).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, box)
        precondition(result == 0, "no thread")
        return thread
    }
    for thread in threads { pthread_join(thread, nil) }
}

@Suite struct LoggerTests {
    @Test func `lines wait for a flush, urgent ones take them along`() {
        let pipe = Pipe()
        let logger = logger(to: pipe)
        logger.info("one")
        #expect(pipe.readAvailable() == "")
        logger.flush()
        #expect(pipe.readAvailable().lines.map(message) == ["one"])
        logger.info("two")
        logger.warning("three")
        #expect(pipe.readAvailable().lines.map(message) == ["two", "three"])
        logger.flush()
        #expect(pipe.readAvailable() == "")
    }

    @Test func `an unbuffered logger writes each line at once`() {
        let pipe = Pipe()
        logger(to: pipe, isUnbuffered: true).info("one")
        #expect(pipe.readAvailable().lines.map(message) == ["one"])
    }

    @Test func `many lines are written without being told to`() {
        let pipe = Pipe()
        let logger = logger(to: pipe)
        let value = String(repeating: "v", count: 1000)
        for _ in 0..<30 { logger.info("x") { $0.field("v", value) } }
        #expect(pipe.readAvailable() == "")
        for _ in 0..<3 { logger.info("x") { $0.field("v", value) } }
        #expect(pipe.readAvailable().utf8.count >= Logger.flushThreshold)
    }

    @Test(arguments: [false, true])
    func `a full pipe makes nobody wait, and what it cost is told afterwards`(isOfSockets: Bool) {
        let pipe = Pipe(ofSockets: isOfSockets)
        let logger = logger(to: pipe)
        let value = String(repeating: "v", count: 1000)
        var logged = 0
        while logger.droppedLines < 100 {
            logger.error("line \(logged)") { $0.field("v", value) }
            logged += 1
        }
        var lines: [Substring] = []
        while case let text = pipe.readAvailable(), !text.isEmpty {
            lines += text.lines
            logger.flush()
        }
        let kept = logged - 100
        let length = lines[0].utf8.count + 1
        #expect(kept * length > Logger.bufferLimit - 2 * length)
        #expect(kept * length < Logger.bufferLimit + 1 << 20)
        #expect(lines.dropLast().map(message) == (0..<kept).map { "line \($0)" })
        let expected =
            #"{"time":"1970-01-01T00:00:00.000Z","level":"warning","#
            + #""message":"log lines were dropped","count":100}"#
        #expect(lines.last.map(String.init) == expected)
        logger.error("after")
        #expect(pipe.readAvailable().lines.map(message) == ["after"])
        #expect(logger.droppedLines == 100)
    }

    @Test func `a writer without a reader drops its lines and lives on`() {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        let logger = Logger(LogSettings(descriptor: ends[1]))
        close(ends[0])
        logger.error("one")
        logger.info("two")
        logger.flush()
        logger.close(waitingAtMost: 1000)
        #expect(logger.droppedLines == 2)
        close(ends[1])
    }

    @Test func `a descriptor that is not open drops lines`() {
        let logger = Logger(LogSettings(descriptor: 9999))
        logger.error("one")
        #expect(logger.droppedLines == 1)
    }

    @Test func `a file takes all lines`() throws {
        let place = try TemporaryFile("")
        let file = open(place.path, O_RDWR)
        defer { close(file) }
        let logger = Logger(LogSettings(descriptor: file))
        let value = String(repeating: "v", count: 1000)
        for _ in 0..<3000 { logger.info("x") { $0.field("v", value) } }
        logger.close(waitingAtMost: 0)
        #expect(logger.droppedLines == 0)
        #expect(lseek(file, 0, SEEK_END) > 3_000_000)
    }

    @Test func `closing waits for a slow reader, but not for ever`() {
        let pipe = Pipe()
        let patient = logger(to: pipe)
        let value = String(repeating: "v", count: 1000)
        for _ in 0..<500 { patient.info("x") { $0.field("v", value) } }
        let read = Atomic(0)
        together([
            { patient.close(waitingAtMost: 10_000) },
            {
                while read.load(ordering: .relaxed) < 500, let chunk = pipe.readChunk() {
                    read.add(chunk.count { $0 == 0x0A }, ordering: .relaxed)
                }
            },
        ])
        #expect(patient.droppedLines == 0 && read.load(ordering: .relaxed) == 500)

        let hasty = logger(to: pipe)
        for _ in 0..<500 { hasty.info("x") { $0.field("v", value) } }
        hasty.close(waitingAtMost: 5)
        hasty.info("too late")
        let lines = pipe.readAvailable().lines
        #expect(lines.count + hasty.droppedLines == 501 && hasty.droppedLines > 400)
        #expect(lines.allSatisfy { message($0) == "x" })
    }

    @Test func `lines of two loggers on one pipe do not mix`() {
        let pipe = Pipe()
        let done = Atomic(0)
        let lines = Locked<[Substring]>([])
        let write: @Sendable (String) -> Void = { name in
            let logger = logger(to: pipe)
            let value = String(repeating: name, count: 700)
            for _ in 0..<600 { logger.info(name) { $0.field("v", value) } }
            logger.close(waitingAtMost: 20_000)
            #expect(logger.droppedLines == 0)
            done.add(1, ordering: .relaxed)
        }
        together([
            { write("a") }, { write("b") },
            {
                var bytes: [UInt8] = []
                while bytes.count(where: { $0 == 0x0A }) < 1200, let chunk = pipe.readChunk() {
                    bytes += chunk
                }
                lines.withLock { $0 = String(decoding: bytes, as: UTF8.self).lines }
            },
        ])
        let read = lines.withLock { $0 }
        for name in ["a", "b"] {
            let value = String(repeating: name, count: 700)
            let expected = #"info","message":"\#(name)","v":"\#(value)"}"#
            #expect(read.count { $0.hasSuffix(expected) && message($0)[...] == name } == 600)
        }
    }

    @Test func `threads share one logger`() {
        let pipe = Pipe()
        let logger = logger(to: pipe)
        together(
            (0..<8).map { thread in
                {
                    for turn in 0..<50 {
                        logger.info("m") { line in
                            line.field("thread", thread)
                            line.field("turn", turn)
                        }
                        if turn % 10 == 0 { logger.flush() }
                    }
                }
            })
        logger.flush()
        let lines = pipe.readAvailable().lines
        #expect(lines.count == 400 && lines.allSatisfy { message($0) == "m" })
        for thread in 0..<8 {
            let own = lines.filter { $0.contains("\"thread\":\(thread),") }
            #expect(own.enumerated().allSatisfy { $1.hasSuffix("\"turn\":\($0)}") })
            #expect(own.count == 50)
        }
    }
}
