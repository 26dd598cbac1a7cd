import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// A picture: a row, of which a response reads what it needs.
struct Media: MediaFields, Sendable {
    let row: KeptRow
    let uuid: UUID

    var id: ID { ID(.media, uuid) }
    var kind: MediaKind { get throws { try row.value(1) } }
    var mime: Text { get throws { try row.text(2) } }
    var width: Int { get throws { try row.value(3) } }
    var height: Int { get throws { try row.value(4) } }
    var byteSize: Int { get throws { try row.value(5) } }
    var blurhash: Text { get throws { try row.text(6) } }
}

@EventLoop extension Media {
    func url(width: Int?, in context: RequestContext) throws -> URL {
        if let width, width < 1 {
            var check = InputCheck()
            check.add("RANGE", of: "width", "width has to be above 0.")
            try check.end()
        }
        return URL(media: uuid, width: width)
    }
}

extension Media: PostgresRow {
    init(_ row: KeptRow) throws(PostgresError) {
        self.row = row
        uuid = try row.value(0)
    }
}

extension MediaKind: PostgresEnum {}

extension UUID: LoaderKey {
    package var loaderHash: Int { LoaderHash.mixed(high, low) }
}

extension RequestContext {
    func makeMediaLoader() -> Loader<UUID, Media> {
        loaders.makeLoader("media", from: database) { batch in
            """
            SELECT id, kind, mime, width, height, byte_size, blurhash FROM media
            WHERE id = ANY(\(batch.keys))
            """
        } answer: { batch, rows in
            for row in rows {
                let media = try Media(row)
                batch.answer(media.uuid, with: media)
            }
        }
    }
}
