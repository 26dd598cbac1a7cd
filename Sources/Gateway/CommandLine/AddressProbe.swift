import Glibc
package import Reactor

/// Tries whether the server could listen on an address, by listening and letting go at once.
package enum AddressProbe {
    package enum Outcome: Sendable, Equatable {
        case free
        case taken
        case refused(String)
    }

    package static func outcome(of address: ListenAddress) -> Outcome {
        do {
            for socket in try ListeningSocket.listen(at: address) { socket.close() }
            return .free
        } catch {
            return error.isTaken ? .taken : .refused(error.reason)
        }
    }
}
