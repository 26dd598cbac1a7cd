import Reactor

/// Sends what connections have gathered, once a turn.
@EventLoop enum TurnEnd {
    private static var waiting: [PostgresConnection] = []
    /// Levels that are whole only now, and choose their connections then.
    private static var snapshots: [PostgresSnapshot] = []
    private static var isHooked = false

    static func send(_ connection: PostgresConnection) {
        hook()
        waiting.append(connection)
    }

    static func send(_ snapshot: PostgresSnapshot) {
        hook()
        snapshots.append(snapshot)
    }

    private static func hook() {
        guard !isHooked else { return }
        isHooked = true
        EventLoop.onTurnEnd { flush() }
    }

    private static func flush() {
        if !snapshots.isEmpty {
            let due = snapshots
            snapshots.removeAll(keepingCapacity: true)
            for snapshot in due { snapshot.send() }
        }
        guard !waiting.isEmpty else { return }
        let connections = waiting
        waiting.removeAll(keepingCapacity: true)
        for connection in connections { connection.send() }
    }
}
