import Glibc
import TestSupport
import Testing

@testable import Reactor

@Suite struct ChildProcessTests {
    init() { LoopThread.start() }

    private func shell(_ script: String) -> ChildProcess.Plan {
        ChildProcess.Plan(executable: "/bin/sh", arguments: ["-c", script])
    }

    @Test func `a program's words and its end are told`() async throws {
        let report = try await onLoop {
            try await ChildProcess.run(
                self.shell("echo out; echo err >&2; exit 3"), deadlineMilliseconds: 10_000)
        }
        #expect(report.output == "out\nerr\n")
        #expect(report.end == .exited(3))
    }

    @Test func `a program gets its environment and no other`() async throws {
        var plan = shell("echo $FILM $HOME")
        plan.environment = ["FILM": "Metropolis"]
        let report = try await onLoop { [plan] in
            try await ChildProcess.run(plan, deadlineMilliseconds: 10_000)
        }
        #expect(report.output == "Metropolis\n")
    }

    @Test func `a program that does not end in time is killed`() async throws {
        let report = try await onLoop {
            try await ChildProcess.run(self.shell("exec sleep 600"), deadlineMilliseconds: 20)
        }
        #expect(report.end == .signalled(SIGKILL))
        #expect(report.end.description == "signal 9 (Killed)")
    }

    @Test func `of too much output the beginning is kept and the program runs to its end`()
        async throws
    {
        let report = try await onLoop {
            try await ChildProcess.run(
                self.shell("yes film | head -c 300000; exit 4"), deadlineMilliseconds: 10_000)
        }
        #expect(report.end == .exited(4))
        #expect(report.output.utf8.count == ChildProcess.maximumOutputBytes)
        #expect(report.output.hasPrefix("film\nfilm\n"))
    }

    @Test func `a program that is not there is a fault with its path`() async throws {
        await #expect(throws: SystemFault(call: "start /no/such/program", code: ENOENT)) {
            try await onLoop {
                try await ChildProcess.run(
                    .init(executable: "/no/such/program"), deadlineMilliseconds: 1_000)
            }
        }
    }

    @Test func `what is killed says by which signal`() async throws {
        let end = try await onLoop {
            await withUnsafeContinuation { waiter in
                let child = try? ChildProcess(shell("exec sleep 600")) {
                    waiter.resume(returning: $0)
                }
                child?.kill(SIGTERM)
            }
        }
        #expect(end == .signalled(SIGTERM))
    }
}
