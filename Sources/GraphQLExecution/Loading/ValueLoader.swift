public import Reactor

/// A loader's answers, whatever its keys. A class, as the type of a loader is asked for often, and
/// told ten times faster than with a protocol.
@EventLoop public class ValueLoader<Value> {
    /// By slot; nothing, too, where there is no answer yet or a failure.
    @exclusivity(unchecked) @usableFromInline final var values = OwnedColumn<Value?>()
    @exclusivity(unchecked) @usableFromInline final var states = OwnedColumn<LoadState>()
    @exclusivity(unchecked) @usableFromInline final var failures: [Int32: any Error] = [:]
    /// Where another loader has the answers: how to get them.
    @usableFromInline final let derived: ((Int32) throws -> Value?)?

    @inlinable init(derived: ((Int32) throws -> Value?)? = nil) { self.derived = derived }

    /// The answer to a load that has come back; nil is null.
    @inlinable public final func value(_ slot: Int32) throws -> Value? {
        if let derived { return try derived(slot) }
        switch states[slot] {
        case .answered: return values[slot]
        case .failed: throw failure(slot)
        case .waiting: preconditionFailure("the load has not come back")
        }
    }

    @usableFromInline final func failure(_ slot: Int32) -> any Error {
        guard let failure = failures[slot] else {
            preconditionFailure("a load that has failed says why")
        }
        return failure
    }
}

@usableFromInline enum LoadState: UInt8 {
    case waiting
    case answered
    case failed
}
