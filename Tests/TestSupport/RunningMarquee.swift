import CSystem
import Glibc
package import Reactor
import Synchronization

/// The real binary, started by a test with a port of its own and stopped with the test.
package final class RunningMarquee: Sendable {
    /// Where the build has put `marquee`: beside the program that runs the tests.
    package static let path: String = {
        guard let own = realpath("/proc/self/exe", nil) else { return "marquee" }
        defer { free(own) }
        let folders = String(cString: own).split(separator: "/").dropLast()
        return "/" + folders.joined(separator: "/") + "/marquee"
    }()

    package static let environment = [
        "MARQUEE_ENV": "development", "MARQUEE_LISTEN": "127.0.0.1:0",
        "MARQUEE_LOG_LEVEL": "debug", "MARQUEE_LOG_FORMAT": "json", "MARQUEE_ACCESS_LOG": "off",
        "MARQUEE_STOP_DELAY": "0ms", "PATH": "/usr/bin:/bin",
        // Nobody is there: most tests of the server never ask the database.
        "DATABASE_URL": "postgres://marquee@127.0.0.1:1/marquee", "MARQUEE_MIGRATE": "off",
    ]

    private let output: ProgramOutput
    private let child: ChildProcess

    package var process: Int32 { get async throws { try await onLoop { self.child.identifier } } }

    private init(child: ChildProcess, output: ProgramOutput) {
        (self.child, self.output) = (child, output)
    }

    /// Starts the binary. Its environment is `environment` over the one above, where nil takes a
    /// variable away, and nothing else.
    package static func start(
        _ arguments: [String] = ["serve", "--workers", "2"],
        environment: [String: String?] = [:], openFiles: Int? = nil, folder: String? = nil,
        user: UInt32? = nil
    ) async throws -> RunningMarquee {
        try await onLoop {
            var ends: (Int32, Int32) = (0, 0)
            _ = withUnsafeMutablePointer(to: &ends) {
                $0.withMemoryRebound(to: Int32.self, capacity: 2) { pipe($0) }
            }
            _ = csystem_set_close_on_exec(ends.0, 1)
            _ = csystem_set_close_on_exec(ends.1, 1)
            var plan = ChildProcess.Plan(executable: path, arguments: arguments)
            let limit = openFiles.map { "ulimit -n \($0); " } ?? ""
            let place = folder.map { "cd '\($0)'; " } ?? ""
            let rights = user.map { "setpriv --reuid=\($0) --regid=\($0) --clear-groups " } ?? ""
            if openFiles != nil || folder != nil || user != nil {
                plan.executable = "/bin/sh"
                plan.arguments = ["-c", "\(limit)\(place)exec \(rights)\"$0\" \"$@\"", path]
                plan.arguments += arguments
            }
            plan.environment = self.environment
            for (name, value) in environment { plan.environment[name] = value }
            plan.descriptors = [nil, ends.1, ends.1]
            let output = try ProgramOutput(ends.0)
            let child = try ChildProcess(plan) { output.finish($0) }
            close(ends.1)
            return RunningMarquee(child: child, output: output)
        }
    }

    /// Starts the binary and returns once all its workers serve.
    package static func serving(
        workers: Int = 2, arguments: [String] = [], environment: [String: String?] = [:]
    ) async throws -> RunningMarquee {
        let marquee = try await start(
            ["serve", "--workers", String(workers)] + arguments, environment: environment)
        try await marquee.waitForLine(containing: #""message":"serving""#)
        return marquee
    }

    /// The same on a database, which is brought up to date and filled with the demo if it is empty.
    package static func showingDemo(
        on url: String, environment: [String: String?] = [:]
    ) async throws -> RunningMarquee {
        let database = ["DATABASE_URL": url, "MARQUEE_MIGRATE": "auto"]
        return try await serving(
            workers: 1, arguments: ["--demo"],
            environment: environment.merging(database) { _, given in given })
    }

    // MARK: What it says

    package var lines: [String] {
        get async throws { try await onLoop { self.output.lines } }
    }

    /// Returns once `count` lines contain `text`.
    package func waitForLine(containing text: String, count: Int = 1) async throws {
        let output = output
        try await eventually("\(count) lines with \(text)") {
            output.lines.count { $0.contains(text) } >= count || output.end != nil
        }
        let lines = try await lines
        guard lines.count(where: { $0.contains(text) }) >= count else {
            throw NeverHappened(what: "\(count) lines with \(text), but: \(lines)")
        }
    }

    package var port: UInt16 {
        get async throws {
            let opening = #""addresses":"127.0.0.1:"#
            for line in try await lines {
                guard let range = line.ranges(of: opening).first else { continue }
                if let port = UInt16(line[range.upperBound...].prefix { $0.isNumber }) {
                    return port
                }
            }
            throw NeverHappened(what: "a line with the port")
        }
    }

    /// The process ids of all workers that have ever been ready, oldest first.
    package var workers: [Int32] {
        get async throws {
            try await lines.filter { $0.contains(#""message":"worker ready""#) }.compactMap {
                line in
                line.ranges(of: #""pid":"#).first.flatMap {
                    Int32(line[$0.upperBound...].prefix { $0.isNumber })
                }
            }
        }
    }

    // MARK: Talking to it

    package func client() async throws -> TestClient {
        try TestClient(port: await port, receiveBufferBytes: nil)
    }

    /// One request on a connection of its own.
    package func get(_ path: String) async throws -> TestResponse {
        let client = try await client()
        try await client.send(
            "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return try await client.response()
    }

    /// One GraphQL request on a connection of its own; `fields` are those of the head besides.
    package func post(_ body: String, _ fields: [String] = []) async throws -> TestResponse {
        let client = try await client()
        try await client.send(Self.request(body, fields + ["Connection: close"]))
        return try await client.response()
    }

    /// The text of such a request.
    package static func request(_ body: String, _ fields: [String] = []) -> String {
        let head = [
            "POST /graphql HTTP/1.1", "Host: localhost", "Content-Type: application/json",
            "Content-Length: \(body.utf8.count)",
        ]
        return (head + fields).joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    /// The body that asks with a document, and with members besides: `,"variables":{}`.
    package static func body(_ document: String, _ members: String = "") -> String {
        let text = document.replacing("\"", with: "\\\"").replacing("\n", with: " ")
        return #"{"query":"\#(text)"\#(members)}"#
    }

    /// A metric's value in the exposition.
    package func metric(_ name: String) async throws -> Double? {
        try await get("/metrics").text.split(separator: "\n")
            .first { $0.hasPrefix(name + " ") }
            .flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    package func signal(_ number: Int32) async throws { kill(try await process, number) }

    /// Waits for its end.
    package func end() async throws -> ChildProcess.End {
        let output = output
        try await eventually("the end of marquee") { output.end != nil }
        return try await onLoop { output.end ?? .exited(-1) }
    }

    /// Stops it the quick way and waits for that.
    package func stop() async throws {
        kill(try await process, SIGINT)
        _ = try await end()
    }
}

/// What a program writes, line by line, and how it ended.
@EventLoop private final class ProgramOutput {
    private(set) var lines: [String] = []
    private(set) var end: ChildProcess.End?
    private var rest = ""
    private let descriptor: Int32
    private var watcher: DescriptorWatcher?

    init(_ descriptor: Int32) throws {
        self.descriptor = descriptor
        _ = csystem_set_nonblocking(descriptor)
        watcher = try DescriptorWatcher(descriptor) { [weak self] _ in self?.read() }
        watcher?.watch(.readable)
    }

    func finish(_ end: ChildProcess.End) {
        read()
        self.end = end
    }

    private func read() {
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count == 0 { watcher?.close() }
            guard count > 0 else { return }
            rest += String(decoding: piece.prefix(count), as: UTF8.self)
            while let newline = rest.firstIndex(of: "\n") {
                lines.append(String(rest[..<newline]))
                rest.removeSubrange(...newline)
            }
        }
    }
}
