import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

struct DeleteAccountPayload: DeleteAccountPayloadFields, Sendable {
    let deletedUserId: ID
    let filmCount: Int
}

extension Mutation {
    /// All of it is one transaction: sums and counts are exact behind it, too.
    func deleteAccount(
        password: String, films: FilmsOfDeletedAccount, in context: RequestContext
    ) async throws -> DeleteAccountPayload? {
        let account = try context.requireSession().account
        let stored = try await context.confirm(password, "password")
        let parting = Parting(account: account, films: films)
        let rows = try await context.change(
            with: parting.beginning(stored) + [parting.films(films)] + parting.opinions
                + parting.end)
        context.access.cookie = .clear
        context.users.clear(account)
        return DeleteAccountPayload(
            deletedUserId: ID(.user, account),
            filmCount: rows[parting.beginning(stored).count].count)
    }
}

/// How somebody leaves.
private struct Parting {
    let account: Int
    let films: FilmsOfDeletedAccount

    /// Locks all that is changed, in the order in which others lock it, and makes sure of it.
    func beginning(_ stored: StoredPassword) -> [Statement] {
        [
            lockingAdmins(and: account),
            Demand(
                condition: """
                    EXISTS (
                        SELECT FROM account
                        WHERE id = \(account) AND password_hash = \(stored.text))
                    """, refusal: .stale
            ).statement,
            Demand(
                condition: """
                    \(isAdmin(besides: account)) OR NOT EXISTS (
                        SELECT FROM account WHERE id = \(account) AND role = 'ADMIN'
                    ) AND NOT (\(films == .handToAdmin) AND EXISTS (
                        SELECT FROM movie WHERE uploader_id = \(account)))
                    """, refusal: .lastAdmin
            ).statement,
            """
            SELECT id FROM movie WHERE uploader_id = \(account) OR id IN (
                SELECT movie_id FROM rating WHERE account_id = \(account)
                UNION SELECT movie_id FROM review WHERE account_id = \(account))
            ORDER BY id FOR UPDATE
            """,
        ]
    }

    /// Answers with a row for each film.
    func films(_ films: FilmsOfDeletedAccount) -> Statement {
        switch films {
        case .remove: "DELETE FROM movie WHERE uploader_id = \(account) RETURNING id"
        case .handToAdmin:
            """
            UPDATE movie SET updated_at = now(), uploader_id = (
                SELECT min(id) FROM account WHERE role = 'ADMIN' AND id <> \(account))
            WHERE uploader_id = \(account) RETURNING id
            """
        }
    }

    /// What the person thought of what is left is counted no longer.
    var opinions: [Statement] {
        [
            """
            UPDATE movie SET rating_sum = rating_sum - value, rating_count = rating_count - 1
            FROM rating WHERE movie_id = movie.id AND account_id = \(account)
            """,
            """
            UPDATE movie SET review_count = review_count - 1
            FROM review WHERE movie_id = movie.id AND account_id = \(account)
            """,
            """
            UPDATE review SET helpful_count = helpful_count - 1
            FROM review_mark
            WHERE review_id = review.id AND review_mark.account_id = \(account)
            """,
        ]
    }

    /// The log keeps that somebody was here, and nothing of who that was.
    var end: [Statement] {
        [
            """
            INSERT INTO admin_log (action, subject_type, subject_id, details)
            VALUES ('account.delete', 'User', \(String(account)),
                jsonb_build_object('films', \(films.rawValue)::text))
            """,
            """
            DELETE FROM media USING account
            WHERE account.id = \(account) AND media.id = avatar_id AND NOT EXISTS (
                SELECT FROM account AS other
                WHERE other.avatar_id = media.id AND other.id <> \(account))
            """,
            "DELETE FROM account WHERE id = \(account)",
            telling("account.deleted", of: account),
        ]
    }
}
