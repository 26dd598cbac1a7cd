import Glibc
import Reactor

/// The supervisor's view of one worker process.
@EventLoop final class Worker {
    enum Phase {
        /// Started, not heard of yet. Then `ready` or dead.
        case starting
        /// Serves. Then `draining` or dead.
        case ready
        /// Finishes what it has. Then dead.
        case draining
    }

    let slot: Int
    /// Which of the wanted workers this is; nil for one that an older program started.
    let place: Int?
    let process: Int32
    let startedMilliseconds = EventLoop.nowMilliseconds
    var phase = Phase.starting
    var channel: ControlChannel?
    /// Nil for a worker that was adopted over an exec: libuv does not know it.
    let child: ChildProcess?
    var deadline: Timer?

    init(slot: Int, place: Int?, process: Int32, child: ChildProcess?) {
        (self.slot, self.place, self.process, self.child) = (slot, place, process, child)
    }

    func send(_ message: ControlMessage) { channel?.send(message) }

    func kill(_ signal: Int32) { Glibc.kill(process, signal) }

    func close() {
        deadline?.cancel()
        channel?.close()
        channel = nil
    }
}
