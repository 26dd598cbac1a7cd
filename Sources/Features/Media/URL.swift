import Bytes
import GraphQLExecution
import Postgres
import Reactor

/// Where a picture is, in the size that is at least as wide as it says.
struct URL: Hashable, Sendable {
    let media: UUID
    let width: Int?
}

extension URL: OutputScalar {
    @EventLoop func write(into response: inout ResponseWriter) {
        response.appendPlain { bytes in
            bytes.append("/media/")
            media.append(to: &bytes)
            guard let width else { return }
            bytes.append("?width=")
            bytes.append(decimal: width)
        }
    }
}
