import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// A picture.
struct Media: MediaFields, Sendable {
    let uuid: UUID
    let kind: MediaKind
    let mime: String
    let width: Int
    let height: Int
    let byteSize: Int
    let blurhash: String

    var id: ID { ID(.media, uuid) }
}

@EventLoop extension Media {
    func url(width: Int?, in context: RequestContext) throws -> String {
        guard let width else { return "/media/\(uuid)" }
        guard width > 0 else {
            throw GraphQLError("width has to be above 0.", code: .badUserInput)
        }
        return "/media/\(uuid)?width=\(width)"
    }
}

extension Media: PostgresRow {
    init(_ row: Row) throws(PostgresError) {
        uuid = try row.value(0)
        kind = try row.value(1)
        mime = try row.value(2)
        width = try row.int(3)
        height = try row.int(4)
        byteSize = try row.int(5)
        blurhash = try row.text(6)
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
