import Bytes

/// A path as a router takes it: `/films/{id}/poster`, `/assets/*`.
struct RoutePattern {
    enum Segment: Equatable {
        case fixed([UInt8])
        case place
        /// Only at the end.
        case rest
    }

    private(set) var segments: [Segment] = []
    /// Of the places, in order; the rest is named `*`.
    private(set) var names: [String] = []

    init(_ path: String) {
        precondition(path.hasPrefix("/"), "the path \(path) of a route must begin with /")
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part == "*" {
                precondition(index == parts.count - 1, "* must be the end of the path \(path)")
                segments.append(.rest)
                names.append("*")
            } else if part.hasPrefix("{"), part.hasSuffix("}"), part.utf8.count > 2 {
                segments.append(.place)
                names.append(String(part.dropFirst().dropLast()))
            } else {
                precondition(
                    !part.utf8.contains { "{}*%".utf8.contains($0) },
                    "a segment of the path \(path) is neither a text nor a place")
                segments.append(.fixed([UInt8](part.utf8)))
            }
        }
        precondition(Set(names).count == names.count, "a name stands twice in \(path)")
    }
}

/// The paths of a router as a tree of segments.
struct RouteTree: Sendable {
    private struct Node: Sendable {
        var fixed: [(segment: [UInt8], node: Int)] = []
        var place: Int?
        var rest: Int?
        var resource: Resource?
    }

    private var nodes = [Node()]

    mutating func add(_ pattern: RoutePattern, _ method: Method, _ endpoint: Endpoint) {
        change(pattern) { $0.add(method, endpoint) }
    }

    mutating func presentFaults(at pattern: RoutePattern, _ present: @escaping FaultPresentation) {
        change(pattern) { $0.present = present }
    }

    private mutating func change(_ pattern: RoutePattern, _ change: (inout Resource) -> Void) {
        var node = 0
        for segment in pattern.segments { node = child(of: node, segment) }
        var resource = nodes[node].resource ?? Resource()
        change(&resource)
        nodes[node].resource = resource
    }

    private mutating func child(of node: Int, _ segment: RoutePattern.Segment) -> Int {
        let next = nodes.count
        switch segment {
        case .fixed(let text):
            if let known = nodes[node].fixed.first(where: { $0.segment == text }) {
                return known.node
            }
            nodes[node].fixed.append((text, next))
        case .place:
            if let known = nodes[node].place { return known }
            nodes[node].place = next
        case .rest:
            if let known = nodes[node].rest { return known }
            nodes[node].rest = next
        }
        nodes.append(Node())
        return next
    }

    /// What is at a path, with the decoded texts of its places. Visits no node twice.
    func find(_ path: ArraySlice<UInt8>, _ parameters: inout [ArraySlice<UInt8>]) -> Resource? {
        guard path.first == UInt8(ascii: "/") else { return nil }
        return find(path.dropFirst(), from: 0, &parameters)
    }

    private func find(
        _ rest: ArraySlice<UInt8>, from node: Int, _ parameters: inout [ArraySlice<UInt8>]
    ) -> Resource? {
        let slash = rest.firstIndex(of: UInt8(ascii: "/"))
        let segment = rest[..<(slash ?? rest.endIndex)]
        let behind = slash.map { rest[($0 + 1)...] }
        if let next = fixedChild(of: node, segment),
            let found = go(to: next, behind, &parameters)
        {
            return found
        }
        if let next = nodes[node].place, !segment.isEmpty {
            parameters.append(segment.decoded)
            if let found = go(to: next, behind, &parameters) { return found }
            parameters.removeLast()
        }
        guard let next = nodes[node].rest else { return nil }
        parameters.append(rest.decoded)
        return nodes[next].resource
    }

    private func go(
        to node: Int, _ behind: ArraySlice<UInt8>?, _ parameters: inout [ArraySlice<UInt8>]
    ) -> Resource? {
        guard let behind else { return nodes[node].resource }
        return find(behind, from: node, &parameters)
    }

    private func fixedChild(of node: Int, _ segment: ArraySlice<UInt8>) -> Int? {
        let segment = segment.decoded
        for (text, child) in nodes[node].fixed
        where text.count == segment.count && text.elementsEqual(segment) {
            return child
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// With percent escapes undone; itself when there are none. The parser lets no broken one by.
    fileprivate var decoded: ArraySlice<UInt8> {
        guard contains(UInt8(ascii: "%")) else { return self }
        return percentDecoded().map { $0[...] } ?? self
    }
}
