import Postgres
import Reactor

// What people think of movies, and what they watch.
extension Planting {
    func plantRatings() async throws {
        let columns = ["movie_id", "account_id", "value", "created_at", "updated_at"]
        try await connection.copy(into: "rating", columns) { rows in
            for movie in 0..<scale.movies {
                var dice = SeedPlan.dice(.ratings, -movie - 1)
                let values = plan.ratings[movie]
                let accounts = Steps(values.count, below: scale.accounts, &dice)
                for (value, account) in zip(values, accounts) {
                    let moment = plan.moment(since: plan.createdAt[movie], &dice)
                    try await rows.add(movie + 1, account + 1, value, moment, moment)
                    advance()
                }
            }
        }
    }

    func plantReviews() async throws {
        let columns = [
            "id", "movie_id", "account_id", "text", "helpful_count", "created_at", "updated_at",
        ]
        try await connection.copy(into: "review", columns) { rows in
            for movie in 0..<scale.movies {
                var dice = SeedPlan.dice(.reviews, movie)
                let count = plan.reviewCounts[movie]
                for account in Steps(count, below: scale.accounts, &dice) {
                    let stars =
                        plan.ratings[movie].isEmpty ? 3 : Int(dice.pick(plan.ratings[movie]))
                    let moment = plan.moment(since: plan.createdAt[movie], &dice)
                    try await rows.add(
                        rows.count + 1, movie + 1, account + 1,
                        SeedWords.review(stars: stars, &dice), Int32(marks(of: rows.count)),
                        moment, moment)
                    advance()
                }
            }
        }
    }

    /// Reviews are not marked in the order in which they were written.
    private func marks(of review: Int) -> Int {
        plan.markCounts[review * 7_919 % plan.markCounts.count]
    }

    func plantMarks() async throws {
        try await connection.copy(into: "review_mark", ["review_id", "account_id"]) { rows in
            for review in plan.markCounts.indices {
                var dice = SeedPlan.dice(.marks, review)
                for account in Steps(marks(of: review), below: scale.accounts, &dice) {
                    try await rows.add(review + 1, account + 1)
                    advance()
                }
            }
        }
    }

    func plantWatchSessions() async throws {
        var dice = SeedPlan.dice(.watching)
        let columns = [
            "id", "account_id", "movie_id", "device", "position_milliseconds", "sequence",
            "started_at", "updated_at", "finished_at",
        ]
        try await connection.copy(into: "watch_session", columns) { rows in
            for index in 0..<scale.watchSessions {
                // A few movies are watched much more often than the others.
                let place = min(dice.below(scale.movies), dice.below(scale.movies))
                let startedAt = SeedPlan.moment(before: plan.now, days: 120, &dice)
                let minutes = dice.within(1...110)
                let endedAt = Timestamp(
                    microseconds: min(
                        plan.now.microseconds,
                        startedAt.microseconds + Int64(minutes) * 60_000_000))
                let finishedAt = minutes > 70 ? endedAt : nil
                try await rows.add(
                    index + 1, 1 + dice.below(scale.accounts), 1 + popular[place],
                    dice.pick(["phone", "television", "browser"]), Int32(minutes * 60_000),
                    minutes * 6, startedAt, endedAt, finishedAt)
                advance()
            }
        }
    }
}
