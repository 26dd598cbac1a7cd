/// Why the embedded PostgreSQL cannot be had, and what to do about it.
package enum ClusterFault: Error, Equatable, CustomStringConvertible {
    case notInstalled
    /// The cluster was made by a release that is not installed.
    case otherRelease(folder: String, made: Int, installed: [Int])
    /// Another Marquee uses it.
    case inUse(folder: String, process: Int32?)
    /// It was made by another user.
    case notOurs(folder: String, owner: String)
    /// PostgreSQL refuses to run as root, and the user it would run as cannot get there.
    case outOfReach(folder: String, user: String)
    case noUser
    case notMade(step: String, reason: String)
    case notStarted(reason: String)

    package var description: String {
        switch self {
        case .notInstalled:
            """
            PostgreSQL is not installed; install it (sudo apt-get install postgresql-15, any from \
            \(PostgresBinaries.leastMajorVersion) on will do), or set DATABASE_URL
            """
        case .otherRelease(let folder, let made, let installed):
            """
            the database in \(folder) was made by PostgreSQL \(made), but installed is \
            \(installed.map(String.init).joined(separator: ", ")); install postgresql-\(made), or \
            lose its data by `marquee db reset --yes`
            """
        case .inUse(let folder, let process):
            """
            another Marquee\(process.map { " (process \($0))" } ?? "") uses the database in \
            \(folder); stop it, start in another folder, or set DATABASE_URL
            """
        case .notOurs(let folder, let owner):
            """
            \(folder) belongs to \(owner); start as that user or as root, or set DATABASE_URL
            """
        case .outOfReach(let folder, let user):
            """
            PostgreSQL does not run as root and its user \(user) may not enter \(folder); start \
            elsewhere or as an ordinary user, allow it (chmod o+x \(folder)), or set DATABASE_URL
            """
        case .noUser:
            "PostgreSQL does not run as root and there is no user postgres or nobody to run it"
        case .notMade(let step, let reason): "the database cannot be made: \(step): \(reason)"
        case .notStarted(let reason): "PostgreSQL does not start: \(reason)"
        }
    }
}
