import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// The key of a service: a row, of which a response reads what it needs.
struct ApiKey: ApiKeyFields, Sendable {
    let row: KeptRow
    let number: Int

    var id: ID { ID(.key, number) }
    var name: Text { get throws { try row.text(1) } }
    var prefix: Text { get throws { try row.text(2) } }
    var scopes: [ApiKeyScope] {
        get throws { try row.value(3, as: [String].self).compactMap { ApiKeyScope(rawValue: $0) } }
    }
    var createdAt: DateTime { get throws { DateTime(try row.value(4)) } }
    var expiresAt: DateTime? {
        get throws { try row.value(5, as: Timestamp?.self).map { DateTime($0) } }
    }
    var lastUsedAt: DateTime? {
        get throws { try row.value(6, as: Timestamp?.self).map { DateTime($0) } }
    }
}

extension ApiKey: PostgresRow {
    static let columns: Statement =
        """
        id, name, 'marquee_' || account_id || '_' || prefix, scopes, created_at, expires_at, \
        last_used_at
        """

    init(_ row: KeptRow) throws(PostgresError) {
        self.row = row
        number = try row.value(0)
    }
}

extension Query {
    func apiKeys(in context: RequestContext) async throws -> [ApiKey] {
        let viewer = try context.requirePerson()
        return try await context.database.run(
            """
            SELECT \(ApiKey.columns) FROM api_key
            WHERE account_id = \(viewer) AND revoked_at IS NULL
            ORDER BY created_at DESC, id DESC LIMIT 100
            """
        ).decode()
    }
}

struct CreateApiKeyPayload: CreateApiKeyPayloadFields, Sendable {
    let key: Text
    let apiKey: ApiKey
}

struct RevokeApiKeyPayload: RevokeApiKeyPayloadFields, Sendable {
    let apiKey: ApiKey
}

extension Mutation {
    /// Asks for the password again: otherwise who has got hold of an access token, or of a page
    /// that has one, could make something of it that lasts.
    func createApiKey(
        name: String, scopes: [ApiKeyScope], expiresAt: Given<DateTime>?, password: String,
        in context: RequestContext
    ) async throws -> CreateApiKeyPayload? {
        let account = try context.requireSession().account
        var check = InputCheck()
        let name = check.line(name, "name", atMost: 80)
        if scopes.isEmpty { check.add("REQUIRED", of: "scopes", "scopes is empty.") }
        let expiresAt = expiresAt.flatMap { check.value($0, "expiresAt") }
        if let expiresAt, expiresAt.milliseconds <= context.now {
            check.add("FUTURE", of: "expiresAt", "expiresAt has passed.")
        }
        try check.end()
        let stored = try await context.confirm(password, "password")
        let key = KeyText(account: account)
        let names = ApiKeyScope.allCases.filter(scopes.contains).map(\.rawValue)
        let expiry = expiresAt.map { Timestamp(microseconds: $0.milliseconds * 1_000) }
        let rows = try await context.change(with: [
            """
            INSERT INTO api_key (account_id, name, hash, prefix, scopes, expires_at)
            SELECT id, \(name), \(key.hash), \(key.prefix), \(names), \(expiry)
            FROM account WHERE id = \(account) AND password_hash = \(stored.text)
            RETURNING \(ApiKey.columns)
            """
        ])
        guard let row = rows[0].first else { throw GraphQLError.wrong("password") }
        return CreateApiKeyPayload(key: Text(key.text), apiKey: try ApiKey(row))
    }

    func revokeApiKey(
        id: Given<ID>, in context: RequestContext
    ) async throws -> RevokeApiKeyPayload? {
        let viewer = try context.requirePerson()
        guard let number = try id.value(of: "id").number(of: .key) else {
            throw GraphQLError.notFound(.key)
        }
        let rows = try await context.change(with: [
            """
            UPDATE api_key SET revoked_at = now()
            WHERE id = \(number) AND account_id = \(viewer) AND revoked_at IS NULL
            RETURNING \(ApiKey.columns)
            """,
            telling("key.revoked", of: viewer),
        ])
        guard let row = rows[0].first else { throw GraphQLError.notFound(.key) }
        return RevokeApiKeyPayload(apiKey: try ApiKey(row))
    }
}
