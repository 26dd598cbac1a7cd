import CUV
import Glibc

/// Another program, started by this one.
@EventLoop package final class ChildProcess {
    /// How a process ended.
    package enum End: Sendable, Equatable, CustomStringConvertible {
        case exited(Int32)
        case signalled(Int32)

        package var description: String {
            switch self {
            case .exited(let code): "exit code \(code)"
            case .signalled(let signal): "signal \(signal) (\(String(cString: strsignal(signal))))"
            }
        }
    }

    package struct Plan: Sendable {
        package var executable: String
        /// What it is told its own name is; nil is its path.
        package var name: String?
        /// Without the program's own name in front.
        package var arguments: [String] = []
        package var environment: [String: String] = [:]
        /// The child's descriptors by number: ours that it gets there; nil is `/dev/null`.
        package var descriptors: [Int32?] = [0, 1, 2]

        package init(executable: String, arguments: [String] = []) {
            self.executable = executable
            self.arguments = arguments
        }
    }

    private let handle = Handle<uv_process_t>()
    private var onEnd: (@EventLoop (End) -> Void)?
    package private(set) var end: End?

    package var identifier: Int32 { handleIdentifier }
    private var handleIdentifier: Int32 = 0

    /// Starts it. `onEnd` is called once, on the loop.
    package init(_ plan: Plan, onEnd: @escaping @EventLoop (End) -> Void) throws(SystemFault) {
        self.onEnd = onEnd
        let status = Self.spawn(plan, handle.pointer)
        handle.attach(to: self)
        guard status == 0 else {
            handle.close()
            throw SystemFault(call: "start \(plan.executable)", code: -status)
        }
        handleIdentifier = handle.pointer.pointee.pid
    }

    private static func spawn(
        _ plan: Plan, _ process: UnsafeMutablePointer<uv_process_t>
    ) -> Int32 {
        let arguments = CStringArray([plan.name ?? plan.executable] + plan.arguments)
        let environment = CStringArray(plan.environment.map { "\($0)=\($1)" })
        var stdio = plan.descriptors.map { descriptor in
            var container = uv_stdio_container_t()
            container.flags = descriptor == nil ? UV_IGNORE : UV_INHERIT_FD
            container.data.fd = descriptor ?? -1
            return container
        }
        defer { withExtendedLifetime((arguments, environment)) {} }
        return stdio.withUnsafeMutableBufferPointer { stdio in
            plan.executable.withCString { file in
                var options = uv_process_options_t()
                options.file = file
                options.args = arguments.pointers
                options.env = environment.pointers
                options.stdio = stdio.baseAddress
                options.stdio_count = Int32(stdio.count)
                options.exit_cb = childHasEnded
                return uv_spawn(EventLoop.shared.executor.loop, process, &options)
            }
        }
    }

    package func kill(_ signal: Int32) {
        if end == nil { uv_process_kill(handle.pointer, signal) }
    }

    fileprivate func hasEnded(_ end: End) {
        self.end = end
        let report = onEnd
        onEnd = nil
        handle.close()
        report?(end)
    }
}

private func childHasEnded(
    _ process: UnsafeMutablePointer<uv_process_t>?, _ status: Int64, _ signal: Int32
) {
    let child = Handle.owner(of: process, as: ChildProcess.self)
    EventLoop.assumeIsolated {
        child.hasEnded(signal != 0 ? .signalled(signal) : .exited(Int32(status)))
    }
}

/// Strings as C wants its argument lists: an array of pointers that ends with null.
package final class CStringArray {
    package let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    package init(_ strings: [String]) {
        count = strings.count
        pointers = .allocate(capacity: count + 1)
        for (index, string) in strings.enumerated() {
            (pointers + index).initialize(to: strdup(string))
        }
        (pointers + count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { free(pointers[index]) }
        pointers.deallocate()
    }
}
