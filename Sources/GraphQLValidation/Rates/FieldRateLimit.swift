/// How often a field may be asked for: what one `@rateLimit` says.
public struct FieldRateLimit: Hashable, Sendable {
    /// Whose asking counts together.
    public enum Scope: String, Hashable, Sendable, CaseIterable {
        /// Everybody's at one address.
        case address = "ADDRESS"
        /// That of one account or key, from wherever; strangers' by their addresses.
        case caller = "CALLER"
    }

    /// The field's coordinate in the schema, such as `Mutation.login`.
    public let coordinate: String
    public let limit: Int
    public let windowSeconds: Int
    public let scope: Scope

    /// The longest window: longer ones would not outlive a machine's start.
    public static let longestWindowSeconds = 86_400
}
