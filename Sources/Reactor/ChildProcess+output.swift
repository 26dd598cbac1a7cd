import CSystem
import Glibc

extension ChildProcess {
    /// What a short-lived program said, and how it ended.
    package struct Report: Sendable {
        package let end: End
        /// Standard output and error together, at most `maximumOutputBytes`.
        package let output: String
    }

    nonisolated static let maximumOutputBytes = 65_536

    /// Runs a program to its end, or kills it after the deadline. It reads `input`, or nothing.
    package static func run(
        _ plan: Plan, input: Int32? = nil, deadlineMilliseconds: UInt64
    ) async throws(SystemFault) -> Report {
        var ends: (Int32, Int32) = (0, 0)
        let made = withUnsafeMutablePointer(to: &ends) {
            $0.withMemoryRebound(to: Int32.self, capacity: 2) { pipe($0) }
        }
        guard made == 0 else { throw SystemFault(call: "pipe") }
        let (reading, writing) = ends
        _ = csystem_set_close_on_exec(reading, 1)
        _ = csystem_set_close_on_exec(writing, 1)
        _ = csystem_set_nonblocking(reading)
        defer { close(reading) }
        var plan = plan
        plan.descriptors = [input, writing, writing]
        let gathering = Gathering()
        let child: ChildProcess
        do {
            child = try ChildProcess(plan) { gathering.finish($0) }
            close(writing)
        } catch {
            close(writing)
            throw error
        }
        let watcher = try DescriptorWatcher(reading) { _ in gathering.read(reading) }
        watcher.watch(.readable)
        gathering.watcher = watcher
        let deadline = Timer(afterMilliseconds: deadlineMilliseconds) { child.kill(SIGKILL) }
        let end = await withUnsafeContinuation { gathering.onEnd = $0 }
        deadline.cancel()
        gathering.read(reading)
        watcher.close()
        return Report(end: end, output: String(decoding: gathering.bytes, as: UTF8.self))
    }

    /// Runs a program that has the terminal, or whatever this one has, and returns how it ended.
    package static func runInFront(_ plan: Plan) async throws(SystemFault) -> End {
        let waiting = Gathering()
        _ = try ChildProcess(plan) { waiting.finish($0) }
        return await withUnsafeContinuation { waiting.onEnd = $0 }
    }

    @EventLoop private final class Gathering {
        var bytes: [UInt8] = []
        var onEnd: UnsafeContinuation<End, Never>?
        var watcher: DescriptorWatcher?

        func read(_ descriptor: Int32) {
            var piece = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = Glibc.read(descriptor, &piece, piece.count)
                if count == 0 { watcher?.watch([]) }
                guard count > 0 else { return }
                let room = max(0, ChildProcess.maximumOutputBytes - bytes.count)
                bytes += piece.prefix(min(count, room))
            }
        }

        func finish(_ end: End) {
            onEnd?.resume(returning: end)
            onEnd = nil
        }
    }
}
