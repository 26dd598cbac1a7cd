import Reactor

/// A loader of values, whatever its keys.
@EventLoop protocol ValueLoader<Value>: AnyLoader {
    associatedtype Value
    func value(_ slot: Int32) throws -> Value?
}

extension Loader: ValueLoader {}
extension MappedLoader: ValueLoader {}

extension LoaderSet {
    /// The answer to a load that has come back; nil is null.
    public func value<Value>(of load: Load<Value>) throws -> Value? {
        guard let loader = self[load.reference] as? any ValueLoader<Value> else {
            preconditionFailure("a load is answered by the loader that made it")
        }
        return try loader.value(load.reference.slot)
    }
}
