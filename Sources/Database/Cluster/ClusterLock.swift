import CSystem
import Glibc

/// At most one process at a time has it; the system takes it back however that process ends.
struct ClusterLock {
    let descriptor: Int32

    /// Throws `.inUse` while another process has it.
    static func take(_ folder: ClusterFolder) throws(ClusterFault) -> ClusterLock {
        let path = folder.lock
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else {
            throw .notMade(step: "open \(path)", reason: ClusterFolder.lastError)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .inUse(folder: folder.path, process: holder(of: path))
        }
        let text = "\(getpid())\n"
        guard ftruncate(descriptor, 0) == 0,
            pwrite(descriptor, text, text.utf8.count, 0) == text.utf8.count
        else {
            close(descriptor)
            throw .notMade(step: "write \(path)", reason: ClusterFolder.lastError)
        }
        return ClusterLock(descriptor: descriptor)
    }

    private static func holder(of path: String) -> Int32? {
        TextOfFile.read(path).flatMap { Int32($0.prefix { $0.isNumber }) }
    }

    func release() { close(descriptor) }

    /// Whether it stays with this process when another program replaces it there.
    func setCloseOnExec(_ isOn: Bool) { _ = csystem_set_close_on_exec(descriptor, isOn ? 1 : 0) }
}
