import Glibc

/// The user as whom PostgreSQL runs: this process's own unless that is root.
struct ClusterOwner: Equatable {
    let user: uid_t
    let group: gid_t

    static var ofThisProcess: ClusterOwner { ClusterOwner(user: geteuid(), group: getegid()) }

    /// For root the owner of what is there already, or else a user without rights.
    static func suitable(for folder: String) throws(ClusterFault) -> ClusterOwner {
        var status = stat()
        let exists = lstat(folder, &status) == 0
        guard geteuid() == 0 else {
            guard !exists || status.st_uid == geteuid() else {
                throw .notOurs(folder: folder, owner: name(of: status.st_uid))
            }
            return ofThisProcess
        }
        if exists, status.st_uid != 0 {
            return ClusterOwner(user: status.st_uid, group: status.st_gid)
        }
        for name in ["postgres", "nobody"] {
            if let entry = getpwnam(name), entry.pointee.pw_uid != 0 {
                return ClusterOwner(user: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
            }
        }
        throw .noUser
    }

    var name: String { Self.name(of: user) }

    private static func name(of user: uid_t) -> String {
        guard let entry = getpwuid(user), let name = entry.pointee.pw_name else {
            return "user \(user)"
        }
        return String(cString: name)
    }

    /// Whether the rights of the folder let this user through to what is in it.
    func mayEnter(_ folder: String) -> Bool {
        var status = stat()
        guard stat(folder, &status) == 0 else { return false }
        let right: mode_t =
            status.st_uid == user ? S_IXUSR : status.st_gid == group ? S_IXGRP : S_IXOTH
        return status.st_mode & right != 0
    }

    /// Gives the user what this process has made.
    func take(_ path: String) throws(ClusterFault) {
        guard geteuid() == 0 else { return }
        guard lchown(path, user, group) == 0 else {
            throw .notMade(step: "give \(path) to \(name)", reason: ClusterFolder.lastError)
        }
    }
}
