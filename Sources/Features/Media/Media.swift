import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// A picture: a row, of which a response reads what it needs.
struct Media: MediaFields, Sendable {
    let row: Row
    let uuid: UUID

    var id: ID { ID(.media, uuid) }
    var kind: MediaKind { get throws { try row.value(1) } }
    var mime: String { get throws { try row.value(2) } }
    var width: Int { get throws { try row.value(3) } }
    var height: Int { get throws { try row.value(4) } }
    var byteSize: Int { get throws { try row.value(5) } }
    var blurhash: String { get throws { try row.value(6) } }
}

@EventLoop extension Media {
    func url(width: Int?, in context: RequestContext) throws -> String {
        guard let width else { return "/media/" + uuid.description }
        guard width > 0 else {
            throw GraphQLError("width has to be above 0.", code: .badUserInput)
        }
        return "/media/\(uuid.description)?width=\(width)"
    }
}

extension Media: PostgresRow {
    init(_ row: Row) throws(PostgresError) {
        self.row = row
        uuid = try row.value(0)
    }
}

extension MediaKind: PostgresEnum {}

extension RequestContext {
    func makeMediaLoader() -> Loader<UUID, Media> {
        loaders.makeLoader("media") { [database] batch in
            let rows = try await database.run(
                """
                SELECT id, kind, mime, width, height, byte_size, blurhash FROM media
                WHERE id = ANY(\(batch.keys))
                """)
            for row in rows {
                let media = try Media(row)
                batch.answer(media.uuid, with: media)
            }
        }
    }
}
