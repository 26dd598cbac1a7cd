/// "Did you mean": the known name nearest to a mistyped one.
enum Suggestion {
    /// Shorter beginnings say too little.
    private static let shortestBeginning = 3

    /// The candidate that the name begins, else the one with the fewest edits, if they are few
    /// enough for a slip of the hand.
    static func nearest(to name: String, among candidates: [String]) -> String? {
        let begun = candidates.filter { $0.hasPrefix(name.lowercased()) }
        if begun.count == 1, name.utf8.count >= shortestBeginning { return begun[0] }
        let limit = name.utf8.count * 2 / 5 + 1
        let ranked = candidates.map { (distance: edits(from: name, to: $0), name: $0) }
        let best = ranked.min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        return best.flatMap { $0.distance <= limit ? $0.name : nil }
    }

    /// How many insertions, removals, replacements and swaps of neighbours turn one into the other.
    static func edits(from source: String, to target: String) -> Int {
        let source = Array(source.lowercased().utf8)
        let target = Array(target.lowercased().utf8)
        var beforeLast: [Int] = []
        var last = Array(0...target.count)
        for (row, byte) in source.enumerated() {
            var current = [row + 1]
            for (column, other) in target.enumerated() {
                let replaced = last[column] + (byte == other ? 0 : 1)
                var fewest = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, byte == target[column - 1], other == source[row - 1] {
                    fewest = min(fewest, beforeLast[column - 1] + 1)
                }
                current.append(fewest)
            }
            (beforeLast, last) = (last, current)
        }
        return last[target.count]
    }
}
