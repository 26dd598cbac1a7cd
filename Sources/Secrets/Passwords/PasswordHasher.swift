package import Reactor

/// More passwords wait to be hashed than may.
package struct PasswordHasherBusy: Error, Equatable, CustomStringConvertible {
    package let limit: Int

    package init(limit: Int) { self.limit = limit }

    package var description: String { "more than \(limit) passwords wait to be hashed" }
}

/// Hashes passwords and verifies them, off the loop and only so many at once: each takes tens of
/// megabytes and of milliseconds.
@EventLoop package final class PasswordHasher {
    package struct Limits: Sendable, Equatable {
        /// At one time, on so many of `BlockingPool`'s threads: the others stay free for files.
        package var running = 2
        /// Behind them; more are refused at once.
        package var waiting = 64

        package init() {}
    }

    /// What came of a verification.
    package enum Verdict: Sendable, Equatable {
        case wrong
        /// Where it needs renewal, `hash` the password again and store that.
        case right(needsRenewal: Bool)
    }

    private let parameters: Argon2Parameters
    private let limits: Limits
    /// Verified against where there is no account, or one without a password.
    private let nobody: PasswordHash
    private var waiters: [UnsafeContinuation<Void, Never>] = []
    package private(set) var running = 0
    /// How many have been done, right, wrong and of nobody: equal work can be counted.
    package private(set) var verifications = 0

    nonisolated package init(
        _ parameters: Argon2Parameters = .current, limits: Limits = Limits()
    ) {
        precondition(parameters.isAcceptable, "nobody hashes passwords at this cost")
        precondition(limits.running > 0, "a hasher without room never hashes")
        (self.parameters, self.limits) = (parameters, limits)
        nobody = .ofNothing(parameters)
    }

    package var waiting: Int { waiters.count }

    /// Throws `PasswordHasherBusy` and `BlockingPoolFull` at once where too many wait.
    package func hash(_ password: Password) async throws -> PasswordHash {
        try await whileThereIsRoom { [parameters] in
            try PasswordHash.make(of: password.bytes.reveal(), parameters)
        }
    }

    /// Whether somebody's password is `text`. Nil for an account that is not there, or has no
    /// password: that takes the same work and is always wrong.
    package func verify(_ text: String, against stored: PasswordHash?) async throws -> Verdict {
        // Too long for everybody: says nothing of any account.
        guard text.utf8.count <= Password.mostBytes else { return .wrong }
        let (bytes, hash) = (Secret(Array(Password.composed(text).utf8)), stored ?? nobody)
        let isRight = try await whileThereIsRoom { try hash.isMade(of: bytes.reveal()) }
        verifications += 1
        guard isRight, stored != nil else { return .wrong }
        return .right(needsRenewal: hash.needsRenewal(for: parameters))
    }

    private func whileThereIsRoom<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await takeRoom()
        defer { giveBack() }
        // Whoever has gone away while waiting costs nothing more.
        try Task.checkCancellation()
        return try await BlockingPool.run(work)
    }

    private func takeRoom() async throws {
        guard running == limits.running else {
            running += 1
            return
        }
        guard waiters.count < limits.waiting else {
            throw PasswordHasherBusy(limit: limits.waiting)
        }
        // The room is handed over, not given back.
        await withUnsafeContinuation { waiters.append($0) }
    }

    private func giveBack() {
        guard !waiters.isEmpty else {
            running -= 1
            return
        }
        waiters.removeFirst().resume()
    }
}
