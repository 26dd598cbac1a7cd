import Bytes

/// The codings a response body may be sent in.
package enum ContentCoding: Sendable {
    case identity, gzip

    /// The coding the client likes best (RFC 9110 section 12.5.3); gzip wins a tie.
    ///
    /// Without the field, or when it refuses both, the answer is `.identity`.
    package init(acceptedBy head: RequestHead) {
        self.init(QualityList(head.values(of: "accept-encoding")))
    }

    package init(_ list: QualityList) {
        let gzip = list.quality(of: "gzip") ?? list.quality(of: "x-gzip") ?? list.quality(of: "*")
        // Identity is good unless refused, but less than anything asked for by name.
        let identity = list.quality(of: "identity") ?? 0
        self = (gzip ?? 0) > 0 && (gzip ?? 0) >= identity ? .gzip : .identity
    }
}

extension QualityList {
    /// The weight of the first member with this lower-case name.
    package func quality(of name: StaticString) -> Int? {
        members.first { $0.name.equalsIgnoringCase(name) }?.quality
    }
}
