package import Reactor
package import Telemetry

/// What supervisor and workers need to know to run a service.
package struct ServiceSettings: Sendable {
    package var listen: [ListenAddress]
    package var workers: Int
    /// From the end of accepting to the end of everything.
    package var drainMilliseconds: UInt64
    /// From `/readyz` turning red to the end of accepting, on SIGTERM.
    package var stopDelayMilliseconds: UInt64
    package var program: Program
    package var layout: MetricsLayout

    /// How to start this program again.
    package struct Program: Sendable {
        /// The path of the executable, so that a newer one put in its place is what an upgrade
        /// starts.
        package var path: String
        /// For a worker; its slot and its sockets' addresses are added.
        package var workerArguments: [String]
        package var workerEnvironment: [String: String]
        /// What the supervisor itself was started with.
        package var arguments: [String]
        package var environment: [String: String]
        /// With these the program only checks its configuration. Nil: it has none to check.
        package var checkArguments: [String]?

        package init(
            path: String, workerArguments: [String], workerEnvironment: [String: String],
            arguments: [String], environment: [String: String], checkArguments: [String]?
        ) {
            self.path = path
            self.workerArguments = workerArguments
            self.workerEnvironment = workerEnvironment
            self.arguments = arguments
            self.environment = environment
            self.checkArguments = checkArguments
        }
    }

    package init(
        listen: [ListenAddress], workers: Int, drainMilliseconds: UInt64,
        stopDelayMilliseconds: UInt64, program: Program, layout: MetricsLayout
    ) {
        self.listen = listen
        self.workers = workers
        self.drainMilliseconds = drainMilliseconds
        self.stopDelayMilliseconds = stopDelayMilliseconds
        self.program = program
        self.layout = layout
    }
}
