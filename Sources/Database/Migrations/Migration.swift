/// A step of the data model: the text of a file in `Migrations`.
package struct Migration: Sendable, Equatable {
    /// From 1, in the order in which they are applied.
    package let number: Int
    /// The file's name, such as `0001_accounts.sql`.
    package let name: String
    package let text: String

    package init(number: Int, name: String, text: String) {
        (self.number, self.name, self.text) = (number, name, text)
    }

    /// The file, for messages.
    var path: String { "Migrations/\(name)" }
}
