import Bytes
package import GraphQLLanguage

/// A mistake in a file that resolvers are generated from.
package struct GenerationError: Error, Hashable, Sendable {
    package let path: String
    package let location: SourceLocation
    package let message: String

    init(_ message: String, at location: SourceLocation, in path: String) {
        self.path = path
        self.location = location
        self.message = message
    }
}

/// The form in which compilers report, and that builds show at its place: one line.
extension GenerationError: CustomStringConvertible {
    package var description: String {
        "\(path):\(location.line):\(location.column): error: \(message.inOneLine)"
    }
}

/// All mistakes that were found.
package struct GenerationErrors: Error, Hashable, Sendable {
    package let errors: [GenerationError]
}
