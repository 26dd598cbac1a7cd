import Bytes

/// Which results somebody still keeps: debug builds ask before they read from one, so that tests
/// find whoever lets go of rows too early.
enum LiveResults {
    #if DEBUG
        private static let live = Locked<Set<UInt>>([])
    #endif

    static func insert(_ result: OpaquePointer) {
        #if DEBUG
            let place = UInt(bitPattern: result)
            live.withLock { _ = $0.insert(place) }
        #endif
    }

    static func remove(_ result: OpaquePointer) {
        #if DEBUG
            let place = UInt(bitPattern: result)
            live.withLock { _ = $0.remove(place) }
        #endif
    }

    @inline(__always) static func check(_ result: OpaquePointer) {
        #if DEBUG
            let place = UInt(bitPattern: result)
            let isLive = live.withLock { $0.contains(place) }
            precondition(isLive, "rows are read while their reader lives")
        #endif
    }
}
