import Foundation
import PackagePlugin

/// Generates `GeneratedResolvers.swift` for a target from its `schema.graphql`, or from that of the
/// package if the target's folder has none, and from the `schema.loads` next to it.
@main struct GenerateResolvers: BuildToolPlugin {
    func createBuildCommands(
        context: PluginContext, target: any Target
    ) throws -> [Command] {
        let folders = [target.directoryURL, context.package.directoryURL]
        let schemas = folders.map { $0.appending(path: "schema.graphql") }
        guard let schema = schemas.first(where: isFile) else {
            Diagnostics.error("\(target.name) has no schema: \(schemas[0].path()) is not there")
            return []
        }
        let loads = schema.deletingLastPathComponent().appending(path: "schema.loads")
        let output = context.pluginWorkDirectoryURL.appending(path: "GeneratedResolvers.swift")
        return [
            .buildCommand(
                displayName: "Generating resolver protocols for \(target.name)",
                executable: try context.tool(named: "marquee-generate").url,
                arguments: ["resolvers", schema.path(), loads.path(), output.path()],
                inputFiles: [schema, loads].filter(isFile), outputFiles: [output])
        ]
    }

    private func isFile(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path()) }
}
