import GraphQLExecution
package import Reactor
import Telemetry

/// What the resolvers of one request share.
@EventLoop package final class RequestContext {
    let server: Server
    /// Milliseconds after 1970-01-01T00:00:00Z: the same moment for all of the request.
    let now: Int64
    let loaders = LoaderSet()

    package init(server: Server, now: Int64) {
        self.server = server
        self.now = now
    }
}
