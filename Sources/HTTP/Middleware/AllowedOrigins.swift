/// Which web pages may call the server from another origin.
package enum AllowedOrigins: Sendable, Equatable {
    case any
    /// Exactly these, as browsers write them in `Origin`.
    case listed([String])

    package func contains(_ origin: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .any: true
        case .listed(let origins): origins.contains { origin.elementsEqual($0.utf8) }
        }
    }
}
