import CUV
import Glibc

/// The pool was asked for more than its queue may hold.
package struct BlockingPoolFull: Error, Equatable {
    package let limit: Int

    package init(limit: Int) { self.limit = limit }
}

/// Runs work that blocks (password hashes, files) on libuv's threads, never on the loop.
@EventLoop package enum BlockingPool {
    /// Work begun or waiting at one time, at most.
    package private(set) static var maximumJobs = 260
    package private(set) static var jobs = 0

    /// Sets the number of threads and the length of the queue behind them. Before the first use.
    package static func configure(threads: Int, queue: Int) {
        setenv("UV_THREADPOOL_SIZE", String(threads), 1)
        maximumJobs = threads + queue
    }

    /// Runs `work` on a pool thread and returns what it returned. Throws `BlockingPoolFull` at
    /// once when the queue is full.
    package static func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        guard jobs < maximumJobs else { throw BlockingPoolFull(limit: maximumJobs) }
        jobs += 1
        defer { jobs -= 1 }
        return try await withCheckedThrowingContinuation { waiter in
            BlockingJob { [work] in
                let result = Result { try work() }
                return { waiter.resume(with: result) }
            }.queue(on: EventLoop.shared.executor.loop)
        }
    }
}

/// One piece of work on its way through libuv's queue. Owned by the queue until it is done.
private final class BlockingJob {
    private let work: @Sendable () -> @Sendable () -> Void
    private var finish: (@Sendable () -> Void)?
    private let request = UnsafeMutablePointer<uv_work_t>.allocate(capacity: 1)

    init(_ work: @escaping @Sendable () -> @Sendable () -> Void) { self.work = work }

    func queue(on loop: UnsafeMutablePointer<uv_loop_t>) {
        request.pointee.data = Unmanaged.passRetained(self).toOpaque()
        let status = uv_queue_work(
            loop, request,
            { request in
                let job = BlockingJob.of(request)
                job.finish = job.work()
            },
            { request, _ in
                let job = BlockingJob.of(request)
                job.finish?()
                job.request.deallocate()
                Unmanaged.passUnretained(job).release()
            })
        check(status, "uv_queue_work")
    }

    private static func of(_ request: UnsafeMutablePointer<uv_work_t>?) -> BlockingJob {
        guard let data = request?.pointee.data else {
            preconditionFailure("a libuv request without its job")
        }
        return Unmanaged<BlockingJob>.fromOpaque(data).takeUnretainedValue()
    }
}
