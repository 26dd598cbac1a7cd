import CUV

/// Calls back on the loop each time the process receives a signal.
@EventLoop package final class SignalWatcher {
    private let handle = Handle<uv_signal_t>()
    private var action: (@EventLoop () -> Void)?

    package init(_ signal: Int32, _ action: @escaping @EventLoop () -> Void) {
        self.action = action
        check(uv_signal_init(EventLoop.shared.executor.loop, handle.pointer), "uv_signal_init")
        handle.attach(to: self)
        let start: uv_signal_cb = { handle, _ in
            let watcher = Handle.owner(of: handle, as: SignalWatcher.self)
            EventLoop.assumeIsolated { watcher.action?() }
        }
        check(uv_signal_start(handle.pointer, start, signal), "uv_signal_start")
    }

    /// Leaves the signal to its default again. Later calls do nothing.
    package func cancel() {
        guard action != nil else { return }
        action = nil
        handle.close()
    }
}
