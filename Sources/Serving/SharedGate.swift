import Bytes
import HTTP
package import Reactor
import Telemetry

/// Lets connections in as long as all workers together hold fewer than the limits.
@EventLoop package final class SharedGate: ConnectionGate {
    package struct Limits: Sendable {
        package var connections: Int
        package var connectionsPerAddress: Int
        /// Proxies speak for many: only the limit in all holds for them.
        package var isExempt: @Sendable (PeerAddress) -> Bool

        package init(
            connections: Int, connectionsPerAddress: Int,
            isExempt: @escaping @Sendable (PeerAddress) -> Bool
        ) {
            self.connections = connections
            self.connectionsPerAddress = connectionsPerAddress
            self.isExempt = isExempt
        }
    }

    private let board: SharedBoard
    private let slot: Int
    private let limits: Limits
    private let addresses: AddressTable
    private var open = 0

    package init(_ board: SharedBoard, slot: Int, _ limits: Limits) {
        (self.board, self.slot, self.limits) = (board, slot, limits)
        addresses = board.addresses(of: slot)
    }

    package func admits(_ peer: PeerAddress) -> Bool {
        guard board.connections < limits.connections else { return false }
        if !limits.isExempt(peer) {
            let key = Self.key(of: peer)
            guard board.connections(from: key) < limits.connectionsPerAddress else { return false }
            addresses.add(key)
        }
        open += 1
        board.setConnections(of: slot, to: open)
        return true
    }

    package func hasLeft(_ peer: PeerAddress) {
        if !limits.isExempt(peer) { addresses.remove(Self.key(of: peer)) }
        open -= 1
        board.setConnections(of: slot, to: open)
    }

    /// Two addresses share a key once in 2⁶⁴ pairs; it is never zero.
    private static func key(of peer: PeerAddress) -> UInt64 {
        var key = peer.ip.high &* 0x9E37_79B9_7F4A_7C15 ^ peer.ip.low
        key = (key ^ (key >> 32)) &* 0xD6E8_FEB8_6659_FD93
        key = (key ^ (key >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return (key ^ (key >> 32)) | 1
    }
}
