/// The codings a response body may be sent in.
package enum ContentCoding: Sendable {
    case identity, gzip

    /// The coding the client likes best (RFC 9110 section 12.5.3); gzip wins a tie.
    ///
    /// Without the field, or when it refuses both, the answer is `.identity`. Allocates nothing
    /// for members without parameters.
    package init(acceptedBy head: RequestHead) {
        var weights = Weights()
        for value in head.values(of: "accept-encoding") { weights.take(value) }
        self = weights.choice
    }
}

private struct Weights {
    var gzip: Int?
    var identity: Int?
    var others: Int?

    /// Keeps the first weight of each name.
    mutating func take(_ value: ArraySlice<UInt8>) {
        var reader = QualityReader(value)
        while reader.findMember() {
            guard let member = reader.member() else {
                reader.skipBroken()
                continue
            }
            member.name.withUnsafeBytes { name in
                if name.equals(ignoringCase: "gzip") || name.equals(ignoringCase: "x-gzip") {
                    gzip = gzip ?? member.quality
                } else if name.equals(ignoringCase: "identity") {
                    identity = identity ?? member.quality
                } else if name.equals("*") {
                    others = others ?? member.quality
                }
            }
        }
    }

    /// Identity is good unless refused, but less than anything asked for by name.
    var choice: ContentCoding {
        let gzip = gzip ?? others ?? 0
        return gzip > 0 && gzip >= identity ?? 0 ? .gzip : .identity
    }
}
