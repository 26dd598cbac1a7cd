import CSystem
import Glibc
import Reactor

/// How to run a program that has the rights of another user and ends soon after this process does,
/// even if that is killed: by way of a program that calls `become` and so turns into it.
package struct GuardedProgram: Sendable {
    package let executable: String
    /// In front of `PARENT USER GROUP PROGRAM ARGUMENT…`.
    package let arguments: [String]

    package init(executable: String, arguments: [String]) {
        (self.executable, self.arguments) = (executable, arguments)
    }

    func plan(_ program: String, _ arguments: [String], as owner: ClusterOwner)
        -> ChildProcess.Plan
    {
        let isOurs = owner == .ofThisProcess
        let rights = isOurs ? ["0", "0"] : [String(owner.user), String(owner.group)]
        var plan = ChildProcess.Plan(
            executable: executable,
            arguments: self.arguments + [String(getpid())] + rights + [program] + arguments)
        plan.environment = ["PATH": "/usr/bin:/bin"]
        return plan
    }

    /// Turns this process into the program. Returns only, and with an exit code, if it cannot.
    ///
    /// When the parent is gone the program gets SIGTERM, upon which PostgreSQL lets its clients
    /// finish and then ends.
    package static func become(_ words: [String]) -> Int32 {
        guard words.count >= 4, let parent = Int32(words[0]), let user = UInt32(words[1]),
            let group = UInt32(words[2])
        else { return complain("needs PARENT USER GROUP PROGRAM", code: 64) }
        guard csystem_guard(parent, SIGTERM, user, group) == 0 else {
            return complain("cannot guard \(words[3]): \(ClusterFolder.lastError)", code: 126)
        }
        umask(0o077)
        // The working directory of the parent may be closed to this user.
        chdir("/")
        let arguments = CStringArray(Array(words[3...]))
        execv(words[3], arguments.pointers)
        return complain("cannot run \(words[3]): \(ClusterFolder.lastError)", code: 127)
    }

    private static func complain(_ complaint: String, code: Int32) -> Int32 {
        let line = "marquee: \(complaint)\n"
        _ = write(STDERR_FILENO, line, line.utf8.count)
        return code
    }
}
