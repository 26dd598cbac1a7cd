public import Reactor

/// A loader's answers, whatever its keys. A class, as the type of a loader is asked for often, and
/// told ten times faster than with a protocol.
@EventLoop public class ValueLoader<Value> {
    /// By slot.
    @exclusivity(unchecked) @usableFromInline final var answers: [LoaderAnswer<Value>] = []
    /// Where another loader has the answers: how to get them.
    @usableFromInline final let derived: ((Int32) throws -> Value?)?

    @inlinable init(derived: ((Int32) throws -> Value?)? = nil) { self.derived = derived }

    /// The answer to a load that has come back; nil is null.
    @inlinable public final func value(_ slot: Int32) throws -> Value? {
        if let derived { return try derived(slot) }
        switch answers[Int(slot)] {
        case .value(let value): return value
        case .failure(let error): throw error
        case .waiting: preconditionFailure("the load has not come back")
        }
    }
}

@usableFromInline enum LoaderAnswer<Value> {
    case waiting
    case value(Value?)
    case failure(any Error)
}
