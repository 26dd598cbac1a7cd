import CSystem
import Glibc
package import Synchronization

/// Memory that several processes see: whoever has its descriptor can map it. It is never given back
/// while the process lives.
package enum SharedMemory {
    /// Makes new memory, all zeros. Its pages take no room before they are written.
    package static func make(_ name: String, bytes: Int) throws(SystemFault) -> Int32 {
        let descriptor = csystem_memory_file(name, bytes)
        guard descriptor >= 0 else { throw SystemFault(call: "memfd_create") }
        return descriptor
    }

    /// Maps it, as words that every process reads and writes atomically.
    package static func map(
        _ descriptor: Int32, bytes: Int
    ) throws(SystemFault) -> UnsafeMutablePointer<Atomic<UInt64>> {
        let memory = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let memory, memory != UnsafeMutableRawPointer(bitPattern: -1) else {
            throw SystemFault(call: "mmap")
        }
        return memory.bindMemory(to: Atomic<UInt64>.self, capacity: bytes / 8)
    }

    /// Whether a descriptor is of memory of that size.
    package static func isMemory(_ descriptor: Int32, ofBytes bytes: Int) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_size == bytes
    }
}
