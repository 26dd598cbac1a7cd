import CSystem

/// The variables of this process; of a name set twice the first, as `getenv` finds it.
package func processEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    guard var entry = csystem_environment() else { return [:] }
    while let text = entry.pointee {
        let parts = String(cString: text).split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, variables[String(parts[0])] == nil {
            variables[String(parts[0])] = String(parts[1])
        }
        entry += 1
    }
    return variables
}
