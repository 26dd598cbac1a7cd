import CSystem
import Glibc
import Reactor

/// The sockets of a service. Only the supervisor closes them, so that no end of a worker and no
/// upgrade resets a connection that waits in one.
struct Listeners {
    struct Entry: Equatable {
        let descriptor: Int32
        /// As the configuration writes it, which may ask for any free port.
        let requested: String
        /// What can be dialled.
        let actual: String
    }

    private(set) var entries: [Entry] = []

    /// Opens every address, taking over sockets that are open for the same request. All of them
    /// or, with a fault, no new one.
    init(_ addresses: [ListenAddress], takingOver old: [Entry] = []) throws(ListenFault) {
        var opened: [ListeningSocket] = []
        for address in addresses {
            let requested = address.description
            let inherited = old.filter { $0.requested == requested }
            entries += inherited
            guard inherited.isEmpty else { continue }
            do {
                let sockets = try ListeningSocket.listen(at: address)
                opened += sockets
                entries += sockets.map {
                    Entry(
                        descriptor: $0.descriptor, requested: requested,
                        actual: $0.address.description)
                }
            } catch {
                for socket in opened { socket.close() }
                throw error
            }
        }
    }

    /// Every address once, though `*` and names may stand for two sockets.
    var description: String {
        entries.indices.filter { index in
            !entries[..<index].contains { $0.actual == entries[index].actual }
        }.map { entries[$0].actual }.joined(separator: ", ")
    }

    /// Keeps just what the program before had.
    init(adopting old: [Entry]) { entries = old }

    /// Sockets of before that are not among these.
    func leftOver(of old: [Entry]) -> [Entry] { old.filter { !entries.contains($0) } }

    mutating func close() {
        for entry in entries { Self.close(entry) }
        entries = []
    }

    static func close(_ entry: Entry) {
        Glibc.close(entry.descriptor)
        if entry.requested.hasPrefix("unix:") {
            ListeningSocket.removeSocketFile(String(entry.requested.dropFirst(5)))
        }
    }
}
