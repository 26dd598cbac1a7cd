import Foundation
import PackagePlugin

/// Generates `EmbeddedMigrations.swift` for a target from the package's `Migrations`.
///
/// They are in the program and not beside it, so that the one file that is copied to a server
/// brings exactly the data model that it was compiled and tested with. The target has a link to the
/// folder among its sources, since SwiftPM plans anew only when a file comes or goes there.
@main struct EmbedMigrations: BuildToolPlugin {
    func createBuildCommands(
        context: PluginContext, target: any Target
    ) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "Migrations")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedMigrations.swift")
        return [
            .buildCommand(
                displayName: "Embedding migrations in \(target.name)",
                executable: try context.tool(named: "marquee-generate").url,
                arguments: ["migrations", folder.path(), output.path()],
                inputFiles: [folder] + files.sorted { $0.path() < $1.path() },
                outputFiles: [output])
        ]
    }
}
