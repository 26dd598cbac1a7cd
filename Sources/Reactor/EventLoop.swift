import CUV
import Glibc

/// The one event loop of this process, and the isolation of everything that runs on it.
///
/// Code marked `@EventLoop` runs on the thread inside `EventLoop.run`, one piece at a time, so it
/// needs no locks: sockets, timers and requests all live here. Waiting for the world is `await`;
/// work that blocks goes to `BlockingPool`.
@globalActor public actor EventLoop {
    public static let shared = EventLoop()

    public nonisolated let executor: LoopExecutor
    /// Stored, as every asynchronous call asks for it several times.
    public nonisolated let unownedExecutor: UnownedSerialExecutor

    private init() {
        executor = LoopExecutor()
        unownedExecutor = executor.asUnownedSerialExecutor()
    }

    /// Runs the loop on the calling thread until `body` has returned, and returns its result.
    /// At most one thread may be inside; it may be run again.
    package nonisolated static func run<Result: Sendable>(
        until body: @escaping @Sendable @EventLoop () async -> Result
    ) -> Result {
        let outcome = Outcome<Result>()
        start { await outcome.keep(body) }
        guard let result = shared.executor.run(then: { assumeIsolated { outcome.result } }) else {
            preconditionFailure("the loop stopped before its body returned")
        }
        return result
    }

    @EventLoop private final class Outcome<Result: Sendable> {
        var result: Result?

        nonisolated init() {}

        func keep(_ body: @EventLoop () async -> Result) async {
            result = await body()
            shared.executor.stop()
        }
    }

    /// Whether the caller is on the loop's thread.
    package nonisolated static var isCurrent: Bool { shared.executor.isCurrent }

    /// Runs `body` here and now as code of the loop. For callbacks that come from the loop but
    /// whose type can't say so; anywhere else it stops the process.
    @inlinable @inline(__always)
    public nonisolated static func assumeIsolated<Result, Failure: Error>(
        _ body: @EventLoop () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(shared.executor.isCurrent, "this code belongs to the event loop's thread")
        typealias Unisolated = () throws(Failure) -> Result
        return try withoutActuallyEscaping(body) { escaping throws(Failure) in
            try unsafeBitCast(escaping, to: Unisolated.self)()
        }
    }

    /// The same with what `body` needs given to it: a closure without captures needs no memory.
    @inline(__always) nonisolated static func assumeIsolated<Value>(
        with value: Value, _ body: @escaping @EventLoop (Value) -> Void
    ) {
        precondition(shared.executor.isCurrent, "this code belongs to the event loop's thread")
        typealias Unisolated = (Value) -> Void
        unsafeBitCast(body, to: Unisolated.self)(value)
    }

    /// Begins `work` on the loop; on the loop's own thread it runs up to its first wait at once.
    @discardableResult package nonisolated static func start(
        _ work: @escaping @Sendable @EventLoop () async -> Void
    ) -> Task<Void, Never> {
        start(byMaking: { Task(executorPreference: shared.executor, operation: work) })
    }

    /// Begins the one task that `makeTask` makes, like `start`. For what runs for each request:
    /// with the closure written out at `Task`, Swift wraps it in three functions less.
    ///
    /// The task has to prefer the loop's executor: what resumes another one goes to a thread of
    /// Swift's pool first, and from there to the loop.
    @discardableResult package nonisolated static func start(
        byMaking makeTask: () -> Task<Void, Never>
    ) -> Task<Void, Never> {
        shared.executor.start(makeTask)
    }

    /// The loop's time in milliseconds from some fixed moment, read once a turn.
    @EventLoop package static var nowMilliseconds: UInt64 {
        uv_now(shared.executor.loop)
    }

    /// Calls `hook` once a turn, when everything that could run has run and just before the loop
    /// waits: the moment to send what has gathered.
    @EventLoop package static func onTurnEnd(_ hook: @escaping @EventLoop () -> Void) {
        shared.executor.addTurnHook(hook)
    }
}
