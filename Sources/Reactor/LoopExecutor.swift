import Bytes
import CUV
import Glibc
import Synchronization

/// Runs Swift's jobs on a libuv loop.
///
/// A turn of the loop: poll, callbacks, jobs until none is left, turn hooks, poll. Jobs from the
/// loop's own thread go to a plain array; jobs from other threads to a locked inbox that wakes
/// the loop.
public final class LoopExecutor: SerialExecutor, TaskExecutor {
    /// What only the loop's thread touches. Behind a pointer, so that a turn pays neither
    /// exclusivity checks nor reference counts for it.
    private struct State {
        var ready: [UnownedJob] = []
        var running: [UnownedJob] = []
        var turnHooks: [@EventLoop () -> Void] = []
        /// The next job is not to wait in `ready` but to be left in `caught`.
        var catchesNext = false
        var caught: UnownedJob?
    }

    /// Sound because `loop` and `state` are touched on the loop's thread alone; the two
    /// exceptions, `uv_async_send` and the inbox, are made for any thread.
    nonisolated(unsafe) let loop: UnsafeMutablePointer<uv_loop_t>
    private nonisolated(unsafe) let state: UnsafeMutablePointer<State>
    private nonisolated(unsafe) let wake: UnsafeMutablePointer<uv_async_t>
    private let inbox = Locked<[UnownedJob]>([])
    private let thread = Atomic<UInt>(0)

    init() {
        loop = .allocate(capacity: 1)
        state = .allocate(capacity: 1)
        state.initialize(to: State())
        wake = .allocate(capacity: 1)
        check(uv_loop_init(loop), "uv_loop_init")
        loop.pointee.data = Unmanaged.passUnretained(self).toOpaque()
        check(uv_async_init(loop, wake, { LoopExecutor.of($0?.pointee.loop).takeInbox() }), "async")
        let prepare = UnsafeMutablePointer<uv_prepare_t>.allocate(capacity: 1)
        check(uv_prepare_init(loop, prepare), "uv_prepare_init")
        uv_prepare_start(prepare) { LoopExecutor.of($0?.pointee.loop).endTurn() }
        let afterPoll = UnsafeMutablePointer<uv_check_t>.allocate(capacity: 1)
        check(uv_check_init(loop, afterPoll), "uv_check_init")
        uv_check_start(afterPoll) { LoopExecutor.of($0?.pointee.loop).drain() }
    }

    private static func of(_ loop: UnsafeMutablePointer<uv_loop_t>?) -> LoopExecutor {
        guard let data = loop?.pointee.data else {
            preconditionFailure("a libuv callback without its loop")
        }
        return Unmanaged<LoopExecutor>.fromOpaque(data).takeUnretainedValue()
    }

    // MARK: Jobs

    public var isCurrent: Bool {
        thread.load(ordering: .relaxed) == UInt(pthread_self())
    }

    public func isIsolatingCurrentContext() -> Bool? { isCurrent }

    public func checkIsolated() {
        precondition(isCurrent, "this code belongs to the event loop's thread")
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent {
            keep(job)
        } else {
            let isFirst = inbox.withLock { jobs in
                jobs.append(job)
                return jobs.count == 1
            }
            if isFirst { uv_async_send(wake) }
        }
    }

    private func keep(_ job: UnownedJob) {
        guard state.pointee.catchesNext else { return state.pointee.ready.append(job) }
        state.pointee.catchesNext = false
        state.pointee.caught = job
    }

    /// Makes a task and, on the loop's thread, runs it up to its first wait.
    ///
    /// `Task.immediate` does this too, but enqueues a task that prefers an executor.
    func start(_ makeTask: () -> Task<Void, Never>) -> Task<Void, Never> {
        guard isCurrent else { return makeTask() }
        state.pointee.catchesNext = true
        let task = makeTask()
        guard let job = state.pointee.caught.take() else {
            preconditionFailure("a new task was not enqueued")
        }
        job.runSynchronously(
            isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        return task
    }

    private func takeInbox() {
        let jobs = inbox.withLock { jobs in
            let taken = jobs
            jobs = []
            return taken
        }
        state.pointee.ready.append(contentsOf: jobs)
    }

    /// Runs jobs until there is none.
    private func drain() {
        // Both, as tasks that `EventLoop.start` makes prefer this executor. A task that does not is
        // enqueued anew now and then.
        let (serial, task) = (asUnownedSerialExecutor(), asUnownedTaskExecutor())
        while !state.pointee.ready.isEmpty {
            swap(&state.pointee.ready, &state.pointee.running)
            let count = state.pointee.running.count
            for index in 0..<count {
                state.pointee.running[index].runSynchronously(
                    isolatedTo: serial, taskExecutor: task)
            }
            state.pointee.running.removeAll(keepingCapacity: true)
        }
    }

    // MARK: Turns

    func addTurnHook(_ hook: @escaping @EventLoop () -> Void) {
        state.pointee.turnHooks.append(hook)
    }

    private func endTurn() {
        repeat {
            drain()
            let hooks = state.pointee.turnHooks
            guard !hooks.isEmpty else { return }
            EventLoop.assumeIsolated(with: hooks) { for hook in $0 { hook() } }
        } while !state.pointee.ready.isEmpty
    }

    /// Makes the calling thread the loop's until `stop`, and returns what `body` finds then.
    func run<Result>(then body: () -> Result) -> Result {
        let previous = thread.exchange(UInt(pthread_self()), ordering: .relaxed)
        precondition(previous == 0, "the event loop runs already")
        defer { thread.store(0, ordering: .relaxed) }
        uv_update_time(loop)
        takeInbox()
        uv_run(loop, UV_RUN_DEFAULT)
        return body()
    }

    func stop() { uv_stop(loop) }
}

/// Stops the process when a libuv call that can only fail by our own mistake does.
func check(_ status: Int32, _ call: StaticString) {
    precondition(status >= 0, "\(call): \(String(cString: uv_strerror(status)))")
}
