import Glibc
import Reactor

/// The event loop of a test process: on a thread of its own, from its first use to the end.
package enum LoopThread {
    package static func start() { _ = started }

    private static let started: Void = {
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { _ in
                EventLoop.run { try? await EventLoop.sleep(milliseconds: .max / 2) }
                return nil
            }, nil)
    }()
}
