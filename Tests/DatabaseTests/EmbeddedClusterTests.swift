import Glibc
import Reactor
import TestSupport
import Testing

@testable import Database

/// The real PostgreSQL of this machine.
@Suite(.serialized) struct EmbeddedClusterTests {
    @Test func `a cluster is made, used and stopped`() async throws {
        let test = try await TestCluster.withData()
        let facts = try await onLoop {
            let cluster = test.cluster()
            try await cluster.start()
            let facts = try await test.query(
                """
                SELECT current_user, current_database(), pg_encoding_to_char(encoding), datcollate,
                    datctype, current_setting('data_checksums'),
                    current_setting('listen_addresses'), lower('ÄΩ'), 'a' > 'B'
                FROM pg_database WHERE datname = current_database()
                """)
            await cluster.stop()
            return facts
        }
        #expect(facts == "marquee|marquee|UTF8|C|C.UTF-8|on||äω|t\n")
        #expect(ClusterProcesses.of(test.folder.data).isEmpty)
        #expect(access("\(test.folder.data)/postmaster.pid", F_OK) != 0)
    }

    @Test func `nobody else gets to the socket`() async throws {
        let test = try await TestCluster.withData()
        var status = stat()
        #expect(stat(test.folder.path, &status) == 0)
        #expect(status.st_mode & 0o077 == 0)
        #expect(geteuid() != 0 || status.st_uid != 0)
    }

    @Test func `of two in one folder the second names the first`() async throws {
        let test = try await TestCluster.withData()
        let fault = ClusterFault.inUse(folder: test.folder.path, process: getpid())
        try await onLoop {
            let first = test.cluster()
            try await first.start()
            await #expect(throws: fault) { try await test.cluster().start() }
            #expect(try await test.query("SELECT 1") == "1\n")
            await first.stop()
        }
        #expect(fault.description.contains("another Marquee (process \(getpid())) uses"))
    }

    @Test func `what was confirmed survives the death of the postmaster`() async throws {
        let test = try await TestCluster.withData()
        try await onLoop {
            let cluster = test.cluster()
            try await cluster.start()
            _ = try await test.query("CREATE TABLE film AS SELECT 'Metropolis' AS title")
            let victim = try #require(cluster.process)
            kill(victim, SIGKILL)
            try await eventually("another postmaster") {
                cluster.process != victim && cluster.phase == .running
            }
            #expect(try await test.query("SELECT title FROM film") == "Metropolis\n")
            await cluster.stop()
        }
    }

    @Test func `what a killed server has left is stopped first`() async throws {
        let test = try await TestCluster.withData()
        try await onLoop {
            let abandoned = test.cluster()
            try await abandoned.start()
            let leftover = try #require(abandoned.process)
            abandoned.phase = .stopping
            abandoned.lock?.release()
            let cluster = test.cluster()
            try await cluster.start()
            #expect(cluster.process != leftover)
            #expect(abandoned.process == nil)
            #expect(try await test.query("SELECT 1") == "1\n")
            await cluster.stop()
        }
    }

    @Test func `a number that is another program's by now keeps nobody from starting`()
        async throws
    {
        let test = try await TestCluster.withData()
        try await onLoop {
            // This process has rights enough to pass for a postmaster.
            try test.folder.write(
                "\(getpid())\n\(test.folder.data)\n", to: "\(test.folder.data)/postmaster.pid",
                for: .suitable(for: test.folder.path))
            let cluster = test.cluster()
            try await cluster.start()
            await cluster.stop()
        }
    }

    @Test func `PostgreSQL that cannot start says why`() async throws {
        let test = try await TestCluster.withData()
        unlink("\(test.folder.data)/global/pg_control")
        try await onLoop {
            let cluster = test.cluster()
            let fault = await #expect(throws: ClusterFault.self) { try await cluster.start() }
            #expect(fault?.description.contains("PostgreSQL does not start: ") == true)
            #expect(fault?.description.contains("pg_control") == true)
        }
    }

    @Test func `without PostgreSQL it says how to get it`() async throws {
        let test = try TestCluster()
        try await onLoop {
            _ = await #expect(throws: ClusterFault.notInstalled) {
                try await test.cluster(binaries: []).start()
            }
        }
        #expect("\(ClusterFault.notInstalled)".contains("apt-get install postgresql"))
        #expect(Folder.entries(of: test.path).isEmpty)
    }

    @Test func `data of a release that is not installed is left alone`() async throws {
        let test = try TestCluster()
        mkdir(test.folder.path, 0o700)
        mkdir(test.folder.data, 0o700)
        let file = try #require(fopen("\(test.folder.data)/PG_VERSION", "we"))
        fputs("12\n", file)
        fclose(file)
        let fault = ClusterFault.otherRelease(
            folder: test.folder.path, made: 12,
            installed: Set(TestCluster.binaries.map(\.majorVersion)).sorted())
        try await onLoop {
            _ = await #expect(throws: fault) { try await test.cluster().start() }
        }
        #expect(fault.description.contains("install postgresql-12"))
        #expect(Folder.entries(of: test.folder.data) == ["PG_VERSION"])
    }

    @Test(.enabled(if: geteuid() == 0))
    func `root is told of a folder that PostgreSQL's user cannot enter`() async throws {
        let test = try TestCluster()
        chmod(test.path, 0o700)
        try await onLoop {
            let fault = await #expect(throws: ClusterFault.self) {
                try await test.cluster().start()
            }
            #expect(fault?.description.contains("may not enter \(test.path); start else") == true)
        }
    }

    @Test func `a path too long for a socket does not matter`() async throws {
        let test = try await TestCluster.withData()
        let long = "\(test.path)/\(String(repeating: "f", count: 100))"
        #expect(rename(test.folder.path, long) == 0)
        try await onLoop {
            var settings = test.cluster().settings
            settings.folder = ClusterFolder(path: long)
            let cluster = EmbeddedCluster(settings, logger: test.cluster().logger)
            try await cluster.start()
            await cluster.stop()
        }
        try Folder.remove(ClusterFolder(path: long).socketFolder)
    }
}
