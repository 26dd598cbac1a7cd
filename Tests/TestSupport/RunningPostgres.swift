import Glibc
import Reactor

/// A PostgreSQL of the test process: a cluster in a temporary folder, reached by a socket there,
/// started at its first use and gone with the process.
package final class RunningPostgres: Sendable {
    /// The one that tests share.
    package static let shared: RunningPostgres = {
        guard let postgres = RunningPostgres() else {
            preconditionFailure("PostgreSQL does not start; is postgresql-15 installed?")
        }
        atexit { RunningPostgres.shared.remove() }
        return postgres
    }()

    package var folder: String { place.path }
    private let place: TemporaryFolder
    /// For libpq.
    package var connectionString: String { "host=\(folder) user=postgres dbname=postgres" }

    private static let programs = "/usr/lib/postgresql/15/bin"

    /// Makes a cluster and starts it; blocks for about two seconds. Nil if that fails.
    package init?() {
        guard let place = try? TemporaryFolder() else { return nil }
        self.place = place
        if geteuid() == 0, let user = getpwnam("postgres") {
            chown(folder, user.pointee.pw_uid, user.pointee.pw_gid)
        }
        let made = shell(
            "\(Self.programs)/initdb --auth=trust --username=postgres --no-sync"
                + " --encoding=UTF8 --locale=C \(folder)/data")
        guard made, start() else { return nil }
    }

    /// Starts the server and waits until it answers.
    @discardableResult package func start() -> Bool {
        let settings =
            "-c listen_addresses= -c unix_socket_directories=\(folder) -c fsync=off"
            + " -c max_connections=400 -c shared_buffers=16MB -c synchronous_commit=off"
            + " -c shared_preload_libraries=pg_stat_statements"
            // Many tests share it, and it remembers only so many: who counts says so.
            + " -c pg_stat_statements.track=none"
        return shell(
            "\(Self.programs)/pg_ctl start --silent --wait --pgdata=\(folder)/data"
                + " --log=\(folder)/log --options='\(settings)'")
    }

    /// Makes an empty database and returns its URL.
    package func newDatabase(
        _ name: String, encoding: String = "UTF8"
    ) async throws -> String {
        let report = try await onLoop {
            try await ChildProcess.run(
                .init(
                    executable: "\(Self.programs)/createdb",
                    arguments: [
                        "--host=\(self.folder)", "--username=postgres", "--template=template0",
                        "--encoding=\(encoding)", name,
                    ]),
                deadlineMilliseconds: 60_000)
        }
        guard report.end == .exited(0) else { throw NeverHappened(what: report.output) }
        return url(of: name)
    }

    package func url(of database: String, user: String = "postgres") -> String {
        "postgres://\(user)@/\(database)?host=\(folder)"
    }

    /// Ends all connections and the server.
    @discardableResult package func stop() -> Bool {
        shell("\(Self.programs)/pg_ctl stop --silent --wait --mode=fast --pgdata=\(folder)/data")
    }

    /// Ends the server and all it does at once, as a crash would.
    @discardableResult package func crash() -> Bool {
        shell(
            "\(Self.programs)/pg_ctl stop --silent --wait --mode=immediate"
                + " --pgdata=\(folder)/data")
    }

    /// Ends it at once and deletes what it kept.
    package func remove() {
        shell("\(Self.programs)/pg_ctl stop --silent --mode=immediate --pgdata=\(folder)/data")
        place.remove()
    }

    /// Runs a command, as another user when this one is root, whom the server refuses.
    @discardableResult private func shell(_ command: String) -> Bool {
        let user = geteuid() == 0 ? "runuser -u postgres -- " : ""
        let escaped = command.replacing("'", with: #"'\''"#)
        return system("cd / && \(user)sh -c '\(escaped)' >/dev/null 2>&1 </dev/null") == 0
    }
}
