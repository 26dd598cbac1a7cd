package import Reactor
package import Secrets

/// Where documents are that no worker keeps by itself.
@EventLoop package protocol DocumentShelf: AnyObject, Sendable {
    /// The document of that name; nothing where there is none.
    func find(_ name: DocumentName) async throws -> ShelvedDocument?
    /// Puts a document there for other workers, as soon as may be, or not at all.
    func put(_ source: [UInt8], as hash: SHA256Digest)
    /// The hashes of those among `names` that are registered.
    func registered(_ names: [DocumentName]) async throws -> [DocumentName: SHA256Digest]
}

package struct ShelvedDocument: Sendable {
    package let source: [UInt8]
    package let isRegistered: Bool

    package init(source: [UInt8], isRegistered: Bool) {
        (self.source, self.isRegistered) = (source, isRegistered)
    }
}
