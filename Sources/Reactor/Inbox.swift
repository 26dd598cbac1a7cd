import Glibc

/// Jobs that other threads have for the loop.
///
/// Behind a lock of the C library and not a `Mutex`, since the thread sanitizer sees only the
/// former: it would report every use as a race.
final class Inbox: Sendable {
    /// Sound because `jobs` is touched by the holder of `lock` alone.
    private nonisolated(unsafe) let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(
        capacity: 1)
    private nonisolated(unsafe) let jobs = UnsafeMutablePointer<[UnownedJob]>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(lock, nil)
        jobs.initialize(to: [])
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
        jobs.deinitialize(count: 1)
        jobs.deallocate()
    }

    /// Says whether the job is the first, so that the loop has to be woken.
    func put(_ job: UnownedJob) -> Bool {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        jobs.pointee.append(job)
        return jobs.pointee.count == 1
    }

    func takeAll() -> [UnownedJob] {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        let taken = jobs.pointee
        jobs.pointee = []
        return taken
    }
}
