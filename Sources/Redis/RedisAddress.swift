package import Secrets

/// Where a Redis is, and as whom it is spoken to.
package struct RedisAddress: Sendable, Equatable {
    package enum Endpoint: Hashable, Sendable {
        case internet(host: String, port: UInt16)
        /// A socket in the file system.
        case unix(path: String)
    }

    package var endpoint: Endpoint
    package var user: String?
    package var password: Secret<String>?
    package var database: Int

    package init(
        _ endpoint: Endpoint, user: String? = nil, password: Secret<String>? = nil,
        database: Int = 0
    ) {
        (self.endpoint, self.user) = (endpoint, user)
        (self.password, self.database) = (password, database)
    }
}

extension RedisAddress: CustomStringConvertible {
    /// As a URL, without the password: safe to log.
    package var description: String {
        let user = user.map { "\($0)@" } ?? ""
        switch endpoint {
        case .internet(let host, let port):
            let shown = host.contains(":") ? "[\(host)]" : host
            return "redis://\(user)\(shown):\(port)/\(database)"
        case .unix(let path):
            return "unix://\(user)\(path)" + (database == 0 ? "" : "?db=\(database)")
        }
    }
}
