import Reactor
import TestSupport
import Testing

@testable import Secrets

@Suite struct PasswordHasherTests {
    private static let cheap = Argon2Parameters(memoryKiB: 64, passes: 1, lanes: 1)
    private static let dearer = Argon2Parameters(memoryKiB: 128, passes: 1, lanes: 1)

    @Test func `the right password is told from a wrong one`() async throws {
        try await onLoop {
            let hasher = PasswordHasher(Self.cheap)
            let hash = try await hasher.hash(try Password("cr\u{E8}me brulee"))
            for text in ["cr\u{E8}me brulee", "cre\u{300}me brulee"] {
                let verdict = try await hasher.verify(text, against: hash)
                #expect(verdict == .right(needsRenewal: false))
            }
            for text in ["creme brulee", "", "crème brulee ", "Crème brulee"] {
                #expect(try await hasher.verify(text, against: hash) == .wrong)
            }
        }
    }

    @Test func `a hash of other parameters is right and wants renewal`() async throws {
        try await onLoop {
            let hash = try await PasswordHasher(Self.cheap).hash(try Password("hunter22"))
            let hasher = PasswordHasher(Self.dearer)
            let verdict = try await hasher.verify("hunter22", against: hash)
            #expect(verdict == .right(needsRenewal: true))
            #expect(try await hasher.verify("hunter23", against: hash) == .wrong)
        }
    }

    @Test func `nobody's password takes as much work and is always wrong`() async throws {
        try await onLoop {
            let hasher = PasswordHasher(Self.cheap)
            let hash = try await hasher.hash(try Password("hunter22"))
            #expect(hasher.verifications == 0)
            #expect(try await hasher.verify("hunter23", against: hash) == .wrong)
            #expect(hasher.verifications == 1)
            #expect(try await hasher.verify("hunter22", against: nil) == .wrong)
            #expect(hasher.verifications == 2)
        }
        #expect(PasswordHash.ofNothing(Self.cheap).parameters == Self.cheap)
        #expect(!PasswordHash.ofNothing(Self.cheap).needsRenewal(for: Self.cheap))
    }

    @Test func `what is too long for a password is no work at all, whoever it is of`() async throws
    {
        try await onLoop {
            let hasher = PasswordHasher(Self.cheap)
            let hash = try await hasher.hash(try Password("hunter22"))
            let text = String(repeating: "x", count: Password.mostBytes + 1)
            #expect(try await hasher.verify(text, against: hash) == .wrong)
            #expect(try await hasher.verify(text, against: nil) == .wrong)
            #expect(hasher.verifications == 0)
        }
    }

    /// In a process of its own, whose only thread for such work is held back.
    @Test func `so many run, so many wait, and one more is refused`() async {
        await #expect(processExitsWith: .success) {
            let gate = try await heldBack()
            var limits = PasswordHasher.Limits()
            (limits.running, limits.waiting) = (2, 3)
            let hasher = PasswordHasher(.current, limits: limits)
            let tasks = (0..<5).map { _ in
                Task { @EventLoop in try await hasher.verify("hunter22", against: nil) }
            }
            try await eventually("a full hasher") {
                hasher.running == 2 && hasher.waiting == 3
            }
            await #expect(throws: PasswordHasherBusy(limit: 3)) {
                try await hasher.verify("hunter22", against: nil)
            }
            gate.open()
            for task in tasks { #expect(try await task.value == .wrong) }
            try await onLoop {
                #expect((hasher.running, hasher.waiting, hasher.verifications) == (0, 0, 5))
            }
        }
    }

    @Test func `whoever goes away while waiting is not worked for`() async {
        await #expect(processExitsWith: .success) {
            let gate = try await heldBack()
            var limits = PasswordHasher.Limits()
            limits.running = 1
            let hasher = PasswordHasher(.current, limits: limits)
            let tasks = (0..<3).map { _ in
                Task { @EventLoop in try await hasher.verify("hunter22", against: nil) }
            }
            try await eventually("two that wait") { hasher.waiting == 2 }
            for task in tasks { task.cancel() }
            gate.open()
            var verdicts = 0
            for task in tasks where (try? await task.value) != nil { verdicts += 1 }
            // What runs already is not stopped.
            #expect(verdicts == 1)
            try await onLoop {
                #expect((hasher.running, hasher.waiting, hasher.verifications) == (0, 0, 1))
            }
        }
    }
}

/// Leaves the blocking pool one thread, and that waits until the gate is opened.
private func heldBack() async throws -> Gate {
    let gate = Gate()
    try await onLoop { BlockingPool.configure(threads: 1, queue: 16) }
    Task { @EventLoop in try await BlockingPool.run { gate.pass() } }
    try await eventually("a pool that is held back") { BlockingPool.jobs == 1 }
    return gate
}
