import Bytes
import CAllocations
import Glibc
import JSON
import Reactor

/// Marquee's side of `script/bench engine`. It reads rows from a folder and commands from standard
/// input, and answers each with one line of JSON:
/// ```
/// answer ROW              what the row's work results in
/// time ROW MILLISECONDS   {"count":…,"nanoseconds":…}: how often it was done, in how much CPU time
/// count ROW               {"allocations":…,"peakBytes":…} of doing it once, when warm
/// ```
enum EngineBench {
    static func run(_ words: [String]) -> Int32 {
        guard let folder = words.first, words.count == 1 else {
            return fail("usage: bench-engine FOLDER")
        }
        return EventLoop.run {
            do {
                let rows = try Rows(folder: Folder(path: folder))
                while let line = readLine() {
                    send(try await answer(to: line.split(separator: " "), rows))
                }
                return 0
            } catch {
                return fail("\(error)")
            }
        }
    }

    private static func fail(_ reason: String) -> Int32 {
        send("bench-engine: \(reason)", to: STDERR_FILENO)
        return 1
    }

    private static func send(_ line: String, to descriptor: Int32 = STDOUT_FILENO) {
        var bytes = Array("\(line)\n".utf8)[...]
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if sent < 0 { return }
            bytes.removeFirst(sent)
        }
    }

    @EventLoop private static func answer(
        to words: [Substring], _ rows: Rows
    ) async throws -> String {
        guard words.count > 1 else { throw BenchFault("a command names a row") }
        let work = try rows.work(String(words[1]))
        switch words[0] {
        case "answer": return try await work.answer()
        case "time": return try await time(work, milliseconds: words.last.flatMap { Int($0) } ?? 1)
        case "count": return try await count(work)
        default: throw BenchFault("unknown command: \(words[0])")
        }
    }

    /// Does the work again and again until that much CPU time has passed.
    @EventLoop private static func time(
        _ work: any Work, milliseconds: Int
    ) async throws -> String {
        let began = nanoseconds()
        var (count, batch, passed, sum) = (0, 1, 0, 0)
        repeat {
            for _ in 0..<batch { sum &+= try await work.run() }
            count += batch
            passed = nanoseconds() - began
            // The clock is a system call: it is asked about a hundred times.
            batch = max(1, count * milliseconds * 10_000 / max(1, passed))
        } while passed < milliseconds * 1_000_000
        precondition(sum != 0, "work that does nothing is not measured")
        return #"{"count":\#(count),"nanoseconds":\#(passed)}"#
    }

    @EventLoop private static func count(_ work: any Work) async throws -> String {
        for _ in 0..<3 { _ = try await work.run() }
        allocations_begin()
        _ = try await work.run()
        let counts = allocations_end()
        return #"{"allocations":\#(counts.count),"peakBytes":\#(counts.peak_bytes)}"#
    }

    /// CPU time of this process.
    private static func nanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

struct BenchFault: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// The folder with the inputs.
struct Folder {
    let path: String

    func bytes(_ name: String) throws(BenchFault) -> [UInt8] {
        guard let stream = fopen(path + "/" + name, "re") else {
            throw BenchFault("cannot read \(path)/\(name)")
        }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = fread(&chunk, 1, chunk.count, stream)
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    func json(_ name: String) throws -> JSONValue { try JSONDocument.parse(bytes(name)).root }
}
