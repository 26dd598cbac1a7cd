import Postgres
import Reactor

// Movies, and who made them.
extension Planting {
    func plantCategories() async throws {
        try await connection.copy(into: "category", ["id", "name"]) { rows in
            for (index, name) in DemoFilms.categories.enumerated() {
                try await rows.add(index + 1, name)
            }
        }
    }

    func plantPeople() async throws {
        try await connection.copy(into: "person", ["id", "name"]) { rows in
            for index in 0..<scale.people {
                try await rows.add(index + 1, SeedWords.name(index + 3))
                advance()
            }
        }
    }

    func plantMovies() async throws {
        let columns = [
            "id", "title", "synopsis", "release_date", "duration_seconds", "trailer_url",
            "visibility", "video_state", "poster_id", "thumbnail_id", "backdrop_id", "uploader_id",
            "rating_sum", "rating_count", "review_count", "rank", "created_at", "updated_at",
            "uploaded_at",
        ]
        try await connection.copy(into: "movie", columns) { rows in
            for movie in 0..<scale.movies { try await addMovie(movie, to: rows) }
        }
        try await connection.copy(into: "movie_category", ["movie_id", "category_id"]) { rows in
            for movie in 0..<scale.movies {
                for category in categories(of: movie) {
                    try await rows.add(movie + 1, category + 1)
                }
            }
        }
        let heroes = plan.ranks.indices.sorted { plan.ranks[$0] < plan.ranks[$1] }.prefix(6)
        try await connection.copy(into: "hero_movie", ["position", "movie_id"]) { rows in
            for (index, movie) in heroes.enumerated() {
                try await rows.add(Int32(index + 1), movie + 1)
            }
        }
    }

    private func addMovie(_ movie: Int, to rows: CopyRows) async throws(PostgresError) {
        var dice = SeedPlan.dice(.films, movie + 1)
        let createdAt = plan.createdAt[movie]
        let today = Int(plan.now.microseconds / 86_400_000_000)
        let synopsis =
            scale.isDemo ? DemoFilms.all[movie].synopsis : SeedWords.synopsis(&dice)
        let trailer: String? =
            dice.happens(70) ? "https://trailers.example/\(movie + 1).mp4" : nil
        let ratings = plan.ratings[movie]
        try await rows.add(
            movie + 1, plan.titles[movie], synopsis,
            CalendarDate(days: Int32(today - min(dice.below(25_000), dice.below(25_000)))),
            Int32(dice.within(70...190) * 60 + dice.below(60)), trailer,
            visibility(&dice), videoState(&dice), posters[movie], thumbnails[movie],
            backdrops[movie], 1 + dice.below(min(20, scale.accounts)),
            Int32(ratings.reduce(0) { $0 + Int($1) }), Int32(ratings.count),
            Int32(plan.reviewCounts[movie]), Int32(plan.ranks[movie]), createdAt, createdAt,
            plan.moment(since: createdAt, &dice))
        advance()
    }

    private func visibility(_ dice: inout Dice) -> Visibility {
        switch dice.below(100) {
        case 0...1: .private
        case 2...3: .unlisted
        default: .public
        }
    }

    /// The demo has posters, but no films to play yet.
    private func videoState(_ dice: inout Dice) -> VideoState {
        guard !scale.isDemo else { return .none }
        return switch dice.below(100) {
        case 0...89: .ready
        case 90...93: .processing
        case 94...95: .failed
        default: .none
        }
    }

    /// One, and often another.
    private func categories(of movie: Int) -> [Int] {
        var dice = SeedPlan.dice(.films, -movie - 1)
        let first = plan.category(of: movie)
        guard dice.happens(45) else { return [first] }
        let other = (first + dice.within(1...DemoFilms.categories.count - 1))
        return [first, other % DemoFilms.categories.count]
    }

    nonisolated static var creditsOfMovie: Int { 6 }

    func plantCredits() async throws {
        let columns = ["movie_id", "kind", "position", "person_id", "part"]
        try await connection.copy(into: "credit", columns) { rows in
            for movie in 0..<scale.movies {
                var dice = SeedPlan.dice(.credits, movie)
                let people = Array(Steps(Self.creditsOfMovie, below: scale.people, &dice))
                let none: String? = nil
                for (index, person) in people.enumerated() {
                    let kind: CreditKind = index == 0 ? .director : index == 1 ? .writer : .actor
                    try await rows.add(
                        movie + 1, kind, Int32(max(1, index - 1)), person + 1,
                        kind == .actor ? dice.pick(SeedWords.parts) : none)
                    advance()
                }
            }
        }
    }
}
