import DataModel
import Database
import Postgres
import Reactor
import Telemetry

extension ServePlan {
    /// Before any worker starts: brings the database to the data model of this program, or makes
    /// sure that it is there, as the configuration wants it, with room for all workers.
    @EventLoop func prepareDataModel(_ logger: Logger) async throws {
        guard configuration.migrating != .off else { return }
        try await withConnection { connection in
            let migrator = DataModel.migrator
            switch configuration.migrating {
            case .off: break
            case .check: try await migrator.requireAll(on: connection)
            case .auto:
                try await migrator.run(on: connection) { migration in
                    logger.info("migrating") { $0.field("migration", migration.name) }
                }
            }
            let allowed = try await connection.allowedConnections()
            guard configuration.wantedConnections <= allowed else {
                throw TooFewConnections(
                    allowed: allowed, wanted: configuration.wantedConnections)
            }
            guard wantsDemo, try await Seed.isEmpty(connection) else { return }
            logger.info("filling the empty database with a demo")
            let password = try await GivenPassword.make()
            do {
                try await Seed(.demo, adminPassword: password.hash).plant(on: connection)
            } catch Seed.Fault.notEmpty {
                // Another server has filled it meanwhile.
                return
            }
            // Past the log, which is kept.
            Terminal.ofThisProcess(processEnvironment()).error.writeLine(
                password.announcement(toAdmin: Seed.adminEmail))
        }
    }
}
