import Postgres

/// What a seed decides before the first row is written: who rates what, so that each movie is
/// written with its sums.
struct SeedPlan: Sendable {
    let scale: Seed.Scale
    let now: Timestamp
    /// For each movie: its popularity's place, from 0.
    let places: [Int]
    let ratings: [[Int16]]
    let reviewCounts: [Int]
    let markCounts: [Int]
    let ranks: [Int]
    let titles: [String]
    let createdAt: [Timestamp]

    /// What the dice of each part begin with.
    enum Part: Int {
        case places, ratings, reviews, marks, films, accounts, images, watching, credits
    }

    static func dice(_ part: Part, _ index: Int = 0) -> Dice {
        Dice(part.rawValue * 1_000_003 + index * 7_919 + 17)
    }

    init(_ scale: Seed.Scale, now: Timestamp) {
        precondition(
            scale.isDemo || scale.movies <= SeedWords.mostTitles, "there are not so many titles")
        (self.scale, self.now) = (scale, now)
        var dice = Self.dice(.places)
        let places = Array(Steps(scale.movies, below: scale.movies, &dice))
        self.places = places
        let ratingShares = Shares.of(scale.ratings, places: scale.movies, most: scale.accounts)
        let reviewShares = Shares.of(scale.reviews, places: scale.movies, most: scale.accounts)
        let ratings = places.indices.map { movie in
            Self.ratings(of: movie, count: ratingShares[places[movie]])
        }
        self.ratings = ratings
        reviewCounts = places.map { reviewShares[$0] }
        markCounts = Shares.of(
            scale.marks, places: reviewCounts.reduce(0, +), most: scale.accounts - 1)
        ranks = Self.ranks(of: ratings)
        titles = (0..<scale.movies).map {
            scale.isDemo ? DemoFilms.all[$0].title : SeedWords.title($0)
        }
        var filmDice = Self.dice(.films)
        createdAt = places.map { _ in Self.moment(before: now, days: 1_000, &filmDice) }
    }

    /// Around what the movie is worth.
    private static func ratings(of movie: Int, count: Int) -> [Int16] {
        var dice = Self.dice(.ratings, movie)
        let worth = dice.within(18...46)
        return (0..<count).map { _ in
            let tenths = worth + dice.within(-12...12) + dice.within(-8...8)
            return Int16(min(5, max(1, (tenths + 5) / 10)))
        }
    }

    /// From 1, by the Bayesian average: few ratings count as if there were ten of the mean.
    private static func ranks(of ratings: [[Int16]]) -> [Int] {
        let sums = ratings.map { $0.reduce(0) { $0 + Int($1) } }
        let count = max(1, ratings.reduce(0) { $0 + $1.count })
        let mean = Double(sums.reduce(0, +)) / Double(count)
        let scores = ratings.indices.map {
            (10 * mean + Double(sums[$0])) / Double(10 + ratings[$0].count)
        }
        let order = scores.indices.sorted {
            scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
        }
        var ranks = Array(repeating: 0, count: ratings.count)
        for (place, movie) in order.enumerated() { ranks[movie] = place + 1 }
        return ranks
    }

    /// Some time in the last so many days, more often lately.
    static func moment(before now: Timestamp, days: Int, _ dice: inout Dice) -> Timestamp {
        let span = days * 86_400_000
        let back = min(dice.below(span), dice.below(span))
        return Timestamp(microseconds: now.microseconds - Int64(back) * 1_000 - 1_000)
    }

    /// Some time since `start`.
    func moment(since start: Timestamp, _ dice: inout Dice) -> Timestamp {
        let span = Int((now.microseconds - start.microseconds) / 1_000)
        let later = Int64(dice.below(max(1, span))) * 1_000
        return Timestamp(microseconds: start.microseconds + later)
    }

    func category(of movie: Int) -> Int {
        scale.isDemo
            ? DemoFilms.categories.firstIndex(of: DemoFilms.all[movie].category) ?? 0
            : places[movie] * 7 % DemoFilms.categories.count
    }
}
