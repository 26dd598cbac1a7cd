import GraphQLExecution

/// Everything there is to ask for.
struct Cinema: Sendable {
    var movies: [String: Movie] = [
        "m1": Movie(
            id: "m1", title: "Sunrise", tagline: "A song", genre: .drama,
            released: Date(year: 1927), runtimeMinutes: 94, ratings: [4.5, nil],
            cover: Image(url: "sunrise.png", default: true), directorID: "p1", sequelID: nil),
        "m2": Movie(
            id: "m2", title: "Metropolis", tagline: nil, genre: .scienceFiction,
            released: Date(year: 1927), runtimeMinutes: 153, ratings: [.infinity, 5],
            cover: nil, directorID: "p2", sequelID: "m3"),
        "m3": Movie(
            id: "m3", title: "Spies", tagline: nil, genre: .drama, released: Date(year: 1928),
            runtimeMinutes: 178, ratings: [], cover: nil, directorID: "p2", sequelID: nil),
    ]
    var people: [String: Person] = [
        "p1": Person(id: "p1", name: "F. W. Murnau"), "p2": Person(id: "p2", name: "Fritz Lang"),
    ]
    var reviews: [String: [Review]] = [
        "m1": ["fine", "sad", "long"].map { Review(text: Text($0), movieID: "m1") },
        "m2": [Review(text: "tall", movieID: "m2")],
        "m3": [],
    ]
}
