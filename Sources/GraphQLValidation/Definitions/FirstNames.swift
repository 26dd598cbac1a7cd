import GraphQLLanguage

/// Names, each where it stood first.
struct FirstNames {
    private var known: [Name: Name] = [:]

    /// Adds `name`, or returns where it already stands.
    mutating func insert(_ name: Name) -> Name? {
        let place = known[name]
        if place == nil { known[name] = name }
        return place
    }
}

/// The names of the members of types, each where it stood first. Types are told apart by their
/// names, so that extensions add to what they extend.
struct FirstMemberNames {
    private var known: [Name: FirstNames] = [:]

    /// Adds the names of `members`, and hands over each that the type already has with the place
    /// where it stands first.
    mutating func insert(
        _ members: NodeList<some NodeCursor>, of type: Name, repeated: (Name, Name) -> Void
    ) {
        // Taken out, the names are not copied when they change.
        var names = known.updateValue(FirstNames(), forKey: type) ?? FirstNames()
        for member in members {
            if let first = names.insert(member.node.name) { repeated(first, member.node.name) }
        }
        known[type] = names
    }
}

extension NodeList {
    /// The names that more than one of the nodes has, with all the places where they stand.
    var repeatedNames: [[Name]] {
        var iterator = makeIterator()
        guard iterator.next() != nil, iterator.next() != nil else { return [] }
        var places: [Name: Int] = [:]
        var groups: [[Name]] = []
        for element in self {
            let name = element.node.name
            if let place = places[name] {
                groups[place].append(name)
            } else {
                places[name] = groups.count
                groups.append([name])
            }
        }
        return groups.filter { $0.count > 1 }
    }
}
