/// Of what names, titles and texts are put together.
enum SeedWords {
    static let firstNames = [
        "Ada", "Ben", "Carla", "Dmitri", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jonas", "Kaya",
        "Leila", "Mateo", "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Samir", "Tove", "Uma",
        "Viktor", "Wanda", "Ximena", "Yuki", "Zoë", "André", "Bianca", "Chidi", "Dora", "Emil",
        "Fiona", "Gustav", "Helena", "Ines", "Jamal", "Katya", "Liam", "Mina", "Noah",
    ]
    static let lastNames = [
        "Abara", "Bergström", "Castillo", "Dubois", "Eriksen", "Ferreira", "Grimaldi", "Haddad",
        "Ivanov", "Jansen", "Kowalski", "Lindqvist", "Moreau", "Nakamura", "Okafor", "Petrova",
        "Quiroga", "Rossi", "Sato", "Tanaka", "Ustinov", "Vargas", "Weber", "Xu", "Yılmaz",
        "Zimmermann", "Adeyemi", "Brandt", "Costa", "Delgado", "Endo", "Fischer", "Guerra",
        "Holm", "Iyer", "Jónsdóttir", "Keller", "Larsen", "Mendes", "Novák",
    ]

    static func name(_ index: Int) -> String {
        let (first, last) = (firstNames.count, lastNames.count)
        // Each pair once before one comes again.
        return "\(firstNames[index % first]) \(lastNames[(index + index / first) % last])"
    }

    private static let qualities = [
        "Silent", "Golden", "Hidden", "Broken", "Crimson", "Distant", "Electric", "Fading",
        "Gentle", "Hollow", "Iron", "Jaded", "Kindred", "Lonely", "Midnight", "Northern",
        "Opal", "Paper", "Quiet", "Restless", "Scarlet", "Tangled", "Unseen", "Velvet", "Wild",
        "Young", "Amber", "Bitter", "Copper", "Daring", "Emerald", "Frozen", "Glass", "Honest",
        "Ivory", "Jagged", "Last", "Marble", "Nameless", "Open", "Pale", "Rising", "Secret",
        "Thirsty", "Uneven", "Violet", "Wandering", "Second", "Burning", "Clever", "Dusty",
        "Endless", "First", "Gilded", "Humble", "Icy", "Joyful", "Lost", "Mighty", "New",
        "Old", "Patient", "Rusty", "Salted", "Tender", "Ultimate", "Vanishing", "Winter",
        "Yellow", "Zealous", "Ancient", "Borrowed", "Careless", "Deep", "Empty", "Fearless",
        "Grey", "High", "Infinite", "Little",
    ]
    private static let things = [
        "Harbour", "Garden", "Mirror", "River", "Station", "Letter", "Kingdom", "Lantern",
        "Mountain", "Orchard", "Piano", "Road", "Shadow", "Theatre", "Valley", "Window",
        "Anchor", "Bridge", "Castle", "Desert", "Engine", "Forest", "Gate", "Horizon", "Island",
        "Journey", "Key", "Library", "Market", "Nest", "Ocean", "Palace", "Question", "Room",
        "Signal", "Tower", "Umbrella", "Voyage", "Whisper", "Year", "Account", "Balcony",
        "Circus", "Door", "Echo", "Field", "Ghost", "House", "Idea", "Jewel", "Kitchen", "Lake",
        "Machine", "Night", "Oath", "Promise", "Quarry", "Rain", "Stranger", "Train", "Uncle",
        "Violin", "Winter", "Yacht", "Zoo", "Atlas", "Button", "Clock", "Dream", "Envelope",
        "Feather", "Glacier", "Hotel", "Inventor", "Joke", "Kite", "Lighthouse", "Melody",
        "Neighbour", "Owl",
    ]

    /// As many different titles as four times the pairs of words, in an order without an order.
    static func title(_ index: Int) -> String {
        let pairs = qualities.count * things.count
        // 7 has no divisor in common with the number of titles.
        let place = index * 7_919 % (4 * pairs)
        let words =
            "\(qualities[place % qualities.count]) "
            + things[place / qualities.count % things.count]
        return switch place / pairs {
        case 0: "The \(words)"
        case 1: words
        case 2: "Return to the \(words)"
        default: "\(words) at Dawn"
        }
    }

    static let mostTitles = 4 * qualities.count * things.count

    private static let beginnings = [
        "A retired detective", "A young pianist", "Two brothers", "The last archivist",
        "A night porter", "An ambitious cook", "A runaway heiress", "Three old friends",
        "A small-town vet", "A disgraced pilot",
    ]
    private static let middles = [
        "follows a trail of letters", "inherits a house by the sea", "must cross a border",
        "falls in love with a rival", "finds a door that was not there", "takes one last job",
        "loses a bet and wins a ship", "wakes in another's life", "hides a stranger",
        "returns after twenty years",
    ]
    private static let ends = [
        "and learns what home is worth.", "while the whole town looks away.",
        "before the snow closes the pass.", "and nothing is as it was told.",
        "with a secret that will not stay buried.", "and time is running out.",
        "only to find somebody waiting.", "and discovers an unlikely ally.",
        "as the old order falls apart.", "and everybody wants a share.",
    ]

    static func synopsis(_ dice: inout Dice) -> String {
        "\(dice.pick(beginnings)) \(dice.pick(middles)) \(dice.pick(ends))"
    }

    private static let verdicts = [
        ["I wanted to leave after ten minutes.", "A waste of a good idea.", "Not for me at all."],
        ["It never finds its rhythm.", "Pretty pictures, thin story.", "I expected more."],
        ["Solid, if a little long.", "Good in parts.", "Watchable on a rainy Sunday."],
        ["A lovely surprise.", "Clever, warm and well played.", "I would see it again."],
        ["A masterpiece, no less.", "I laughed, I cried, I called my mother.", "Perfect."],
    ]
    private static let remarks = [
        "The light in the second half is worth the ticket alone.",
        "The score stays with you for days.", "The dialogue feels overheard rather than written.",
        "The ending is braver than I thought it would be.",
        "You can tell that everybody on the set cared.",
        "The leads have real chemistry.", "Some scenes could have lost a minute.",
        "My children asked for it again the next evening.",
        "I did not see the turn in the middle coming.", "The camera is never in a hurry.",
        "It says more with silence than others with speeches.", "The supporting cast steals it.",
    ]

    /// What somebody writes who gives so many stars.
    static func review(stars: Int, _ dice: inout Dice) -> String {
        var text = dice.pick(verdicts[stars - 1])
        for _ in 0..<dice.within(1...3) { text += " " + dice.pick(remarks) }
        return text
    }

    static let parts = [
        "The Captain", "Mira", "The Stranger", "Dr. Voss", "Old Tom", "The Neighbour", "Lena",
        "The Conductor", "Uncle Raf", "The Voice", "Inspector Hale", "The Twin",
    ]
}
