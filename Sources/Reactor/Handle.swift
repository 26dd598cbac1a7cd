import CUV

/// The memory of one libuv handle, which must outlive `uv_close` until libuv gives it back.
///
/// The owner is kept alive by the handle from `attach` to `close`.
struct Handle<Kind> {
    let pointer: UnsafeMutablePointer<Kind>

    init() { pointer = .allocate(capacity: 1) }

    var base: UnsafeMutablePointer<uv_handle_t> {
        UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: uv_handle_t.self)
    }

    func attach(to owner: some AnyObject) {
        base.pointee.data = Unmanaged.passRetained(owner).toOpaque()
    }

    /// The owner, inside one of the handle's callbacks.
    static func owner<Owner: AnyObject>(
        of pointer: UnsafeMutablePointer<Kind>?, as type: Owner.Type
    ) -> Owner {
        let handle = UnsafeMutableRawPointer(pointer)?.assumingMemoryBound(to: uv_handle_t.self)
        guard let data = handle?.pointee.data else {
            preconditionFailure("a libuv callback without its owner")
        }
        return Unmanaged<Owner>.fromOpaque(data).takeUnretainedValue()
    }

    /// Ends the handle; its memory goes when libuv is done with it. Call once.
    func close() {
        uv_close(base) { handle in
            guard let handle else { return }
            if let owner = handle.pointee.data {
                Unmanaged<AnyObject>.fromOpaque(owner).release()
            }
            UnsafeMutableRawPointer(handle).deallocate()
        }
    }
}
