import Postgres
import Reactor
import Secrets

/// One seed on its way into the tables, in the order in which they refer to each other.
@EventLoop final class Planting {
    let plan: SeedPlan
    let connection: SerialConnection
    private let adminPassword: PasswordHash?
    private let onProgress: @EventLoop (Int) -> Void
    private var done = 0
    /// The images of what has been planted, by its number.
    var avatars: [UUID] = []
    var posters: [UUID] = []
    var thumbnails: [UUID] = []
    var backdrops: [UUID?] = []
    /// Movies, the most popular first.
    private(set) lazy var popular = plan.places.indices.sorted {
        plan.places[$0] < plan.places[$1]
    }

    var scale: Seed.Scale { plan.scale }

    init(
        _ plan: SeedPlan, _ adminPassword: PasswordHash?, _ connection: SerialConnection,
        _ onProgress: @escaping @EventLoop (Int) -> Void
    ) {
        (self.plan, self.adminPassword) = (plan, adminPassword)
        (self.connection, self.onProgress) = (connection, onProgress)
    }

    func run() async throws {
        try await plantImages()
        try await plantAccounts()
        try await plantCategories()
        try await plantPeople()
        try await plantMovies()
        try await plantCredits()
        try await plantRatings()
        try await plantReviews()
        try await plantMarks()
        try await plantPlans()
        try await plantWatchSessions()
        try await continueNumbers()
        onProgress(done)
    }

    func advance(by count: Int = 1) {
        done += count
        if done % 256 < count { onProgress(done) }
    }

    /// What comes next gets numbers behind those that were planted.
    private func continueNumbers() async throws {
        for table in [
            "account", "category", "person", "movie", "review", "plan", "subscription",
            "watch_session",
        ] {
            _ = try await connection.run(
                """
                SELECT setval(pg_get_serial_sequence(\(table), 'id'),
                    (SELECT max(id) FROM \(unescaped: table)))
                """)
        }
    }
}

// Images.
extension Planting {
    private struct Image {
        let kind: MediaKind
        let width: Int
        let height: Int
        let picture: (svg: String, blurhash: String)
    }

    /// The server computes the digests: the files pass through a table that it forgets.
    fileprivate func plantImages() async throws {
        try await connection.run(
            script: """
                CREATE TEMP TABLE planted_file (media_id uuid, width integer, bytes bytea)
                ON COMMIT DROP
                """)
        var dice = SeedPlan.dice(.images)
        avatars = (0..<scale.accounts).map { _ in dice.uuid() }
        posters = (0..<scale.movies).map { _ in dice.uuid() }
        thumbnails = (0..<scale.movies).map { _ in dice.uuid() }
        backdrops = (0..<scale.movies).map { _ in scale.isDemo ? dice.uuid() : nil }
        try await connection.copy(into: "planted_file", ["media_id", "width", "bytes"]) { rows in
            try await eachImage { id, image in
                try await rows.add(id, Int32(image.width), Blob(Array(image.picture.svg.utf8)))
            }
        }
        let columns = ["id", "kind", "mime", "width", "height", "byte_size", "blurhash"]
        try await connection.copy(into: "media", columns) { rows in
            try await eachImage { id, image in
                try await rows.add(
                    id, image.kind, "image/svg+xml", Int32(image.width), Int32(image.height),
                    image.picture.svg.utf8.count, image.picture.blurhash)
                advance()
            }
        }
        _ = try await connection.run(
            """
            INSERT INTO media_file (media_id, width, mime, byte_size, digest, bytes)
            SELECT media_id, width, 'image/svg+xml', length(bytes), sha256(bytes), bytes
            FROM planted_file
            """)
    }

    private func eachImage(_ body: (UUID, Image) async throws -> Void) async throws {
        for (index, id) in avatars.enumerated() {
            try await body(
                id,
                Image(
                    kind: .avatar, width: 160, height: 160,
                    picture: scale.isDemo
                        ? Picture.avatar(initials(of: index), seed: index)
                        : Picture.sketch(width: 160, height: 160, seed: index)))
        }
        for movie in 0..<scale.movies {
            try await body(posters[movie], poster(of: movie))
            try await body(thumbnails[movie], still(.thumbnail, of: movie, 320, 180))
            if let id = backdrops[movie] {
                try await body(id, still(.backdrop, of: movie, 1_280, 720))
            }
        }
    }

    private func initials(of account: Int) -> String {
        String(name(of: account).split(separator: " ").compactMap(\.first))
    }

    private func poster(of movie: Int) -> Image {
        guard scale.isDemo else {
            return Image(
                kind: .poster, width: 600, height: 900,
                picture: Picture.sketch(width: 600, height: 900, seed: movie))
        }
        let film = DemoFilms.all[movie]
        return Image(
            kind: .poster, width: 600, height: 900,
            picture: Picture.poster(film.title, film.category, seed: movie))
    }

    private func still(_ kind: MediaKind, of movie: Int, _ width: Int, _ height: Int) -> Image {
        Image(
            kind: kind, width: width, height: height,
            picture: scale.isDemo
                ? Picture.still(
                    DemoFilms.all[movie].category, width: width, height: height, seed: movie)
                : Picture.sketch(width: width, height: height, seed: movie))
    }
}

// Accounts and plans.
extension Planting {
    func name(of account: Int) -> String {
        account == 0 ? "Ada Lovelace" : SeedWords.name(account)
    }

    /// The first one is the admin, the only one that may have a password.
    fileprivate func plantAccounts() async throws {
        var dice = SeedPlan.dice(.accounts)
        let columns = [
            "id", "name", "email", "password_hash", "role", "avatar_id", "created_at",
            "updated_at",
        ]
        try await connection.copy(into: "account", columns) { rows in
            for index in 0..<scale.accounts {
                let moment = SeedPlan.moment(before: plan.now, days: 1_200, &dice)
                try await rows.add(
                    index + 1, name(of: index),
                    index == 0 ? Seed.adminEmail : "person\(index + 1)@example.com",
                    index == 0 ? adminPassword?.text : nil,
                    index == 0 ? AccountRole.admin : .user, avatars[index], moment, moment)
                advance()
            }
        }
    }

    fileprivate func plantPlans() async throws {
        let offers = [
            ("Basic", "One screen, all films.", 599, 30),
            ("Family", "Four screens, all films.", 1_199, 30),
            ("Year", "Four screens for the price of ten months.", 11_990, 365),
        ]
        let columns = [
            "id", "name", "description", "price_minor", "currency", "period_days", "position",
        ]
        try await connection.copy(into: "plan", columns) { rows in
            for (index, offer) in offers.enumerated() {
                try await rows.add(
                    index + 1, offer.0, offer.1, Int32(offer.2), "EUR", Int32(offer.3),
                    Int32(index))
            }
        }
        // Every third account has one, which began in the last four weeks.
        _ = try await connection.run(
            """
            INSERT INTO subscription (id, account_id, plan_id, status, started_at, expires_at,
                provider, provider_reference, created_at, updated_at)
            OVERRIDING SYSTEM VALUE
            SELECT id / 3, id, 1 + id / 3 % 3, 'ACTIVE', begun, begun + 30 * interval '1 day',
                'test', 'planted-' || id, begun, begun
            FROM account,
                LATERAL (SELECT \(plan.now) - id % 28 * interval '1 day' AS begun) AS times
            WHERE id % 3 = 0 ORDER BY id
            """)
    }
}
