import CUV

/// What a descriptor is ready for, or what its owner waits for.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static var readable: Readiness { Readiness(rawValue: Int32(UV_READABLE.rawValue)) }
    package static var writable: Readiness { Readiness(rawValue: Int32(UV_WRITABLE.rawValue)) }

    // Other modules call a set's operations without knowing its type, at twenty times the price
    // of these: what happens for each event uses them.

    package init(readable: Bool, writable: Bool) {
        let ready = readable ? Int32(UV_READABLE.rawValue) : 0
        rawValue = writable ? ready | Int32(UV_WRITABLE.rawValue) : ready
    }

    package var isReadable: Bool { rawValue & Int32(UV_READABLE.rawValue) != 0 }
    package var isWritable: Bool { rawValue & Int32(UV_WRITABLE.rawValue) != 0 }
}

/// Tells when a descriptor can be read or written. It does not own the descriptor: close the
/// watcher first, then the descriptor.
@EventLoop package final class DescriptorWatcher {
    private let handle = Handle<uv_poll_t>()
    @exclusivity(unchecked) private var onReady: (@EventLoop (Readiness) -> Void)?
    @exclusivity(unchecked) package private(set) var interest: Readiness = []

    /// Throws `SystemFault` for a descriptor that cannot be waited for, such as a regular file.
    package init(
        _ descriptor: Int32, onReady: @escaping @EventLoop (Readiness) -> Void
    ) throws(SystemFault) {
        let status = uv_poll_init(EventLoop.shared.executor.loop, handle.pointer, descriptor)
        guard status == 0 else {
            handle.pointer.deallocate()
            throw SystemFault(call: "uv_poll_init", code: -status)
        }
        self.onReady = onReady
        handle.attach(to: self)
    }

    /// Waits for `interest` from now on, until told otherwise.
    package func watch(_ interest: Readiness) {
        guard interest.rawValue != self.interest.rawValue, onReady != nil else { return }
        self.interest = interest
        guard !interest.isEmpty else {
            uv_poll_stop(handle.pointer)
            return
        }
        uv_poll_start(handle.pointer, interest.rawValue, descriptorIsReady)
    }

    fileprivate func ready(status: Int32, events: Int32) {
        // An error is for the owner's reads or writes to find, whichever it waits for. libuv has
        // stopped; the first read may still find bytes that came before the error.
        if status < 0 {
            uv_poll_start(handle.pointer, interest.rawValue, descriptorIsReady)
            onReady?(interest)
        } else {
            onReady?(Readiness(rawValue: events))
        }
    }

    /// Stops watching for good. Later calls do nothing.
    package func close() {
        guard onReady != nil else { return }
        onReady = nil
        interest = []
        handle.close()
    }
}

/// Outside the class, so that no check of the caller's isolation is compiled into it.
private func descriptorIsReady(
    _ handle: UnsafeMutablePointer<uv_poll_t>?, _ status: Int32, _ events: Int32
) {
    let watcher = Handle.owner(of: handle, as: DescriptorWatcher.self)
    EventLoop.assumeIsolated(with: (watcher, status, events)) { watcher, status, events in
        watcher.ready(status: status, events: events)
    }
}
