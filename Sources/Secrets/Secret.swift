/// A value that no log, description, dump or error can show: only `reveal()` gives it.
package struct Secret<Value: Sendable & Equatable>: Sendable, Equatable {
    private let value: Value

    package init(_ value: Value) { self.value = value }

    package func reveal() -> Value { value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<secret>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
