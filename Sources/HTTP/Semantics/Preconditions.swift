import Bytes

/// Judges the conditions of a request against what is there now (RFC 9110 section 13.2.2).
///
/// If-Match and If-None-Match may name the tag of the compressed form too: whoever has that form
/// has this content. If-Range may not, for the bytes at a place differ.
package struct Preconditions: Sendable {
    package var entityTag: EntityTag?
    package var lastModified: HTTPDate?
    /// Whether there is a representation at all; matters to `*`.
    package var exists: Bool

    package enum Verdict: Equatable, Sendable {
        /// Do what the method says. A Range field counts only when `appliesRange` is true.
        case proceed(appliesRange: Bool)
        /// Answer 304 without a body.
        case notModified
        /// Answer 412 and do nothing.
        case preconditionFailed
    }

    package init(entityTag: EntityTag?, lastModified: HTTPDate? = nil, exists: Bool = true) {
        (self.entityTag, self.lastModified, self.exists) = (entityTag, lastModified, exists)
    }

    /// `now` only dates years of two digits.
    package func judge(_ head: RequestHead, now: HTTPDate) -> Verdict {
        guard matches(head) ?? isUnmodified(head, now) ?? true else { return .preconditionFailed }
        let reads = head.method == .get || head.method == .head
        if let differs = noneMatches(head) {
            guard differs else { return reads ? .notModified : .preconditionFailed }
        } else if reads, isModified(head, now) == false {
            return .notModified
        }
        return .proceed(appliesRange: appliesRange(head, now))
    }
}

/// Each condition is nil when its field is absent or does not count.
extension Preconditions {
    /// If-Match: strong comparison; `*` stands for anything that exists.
    private func matches(_ head: RequestHead) -> Bool? {
        guard head.value(of: "if-match") != nil else { return nil }
        return head.values(of: "if-match").contains { value in
            if Self.isAsterisk(value) { return exists }
            guard let entityTag else { return false }
            return EntityTag.list(value).contains {
                $0.matchesStrongly(entityTag) || $0.matchesStrongly(entityTag.encoded)
            }
        }
    }

    private func isUnmodified(_ head: RequestHead, _ now: HTTPDate) -> Bool? {
        guard let lastModified, let date = date("if-unmodified-since", head, now) else {
            return nil
        }
        return lastModified <= date
    }

    /// If-None-Match: weak comparison; `*` stands for anything that exists.
    private func noneMatches(_ head: RequestHead) -> Bool? {
        guard head.value(of: "if-none-match") != nil else { return nil }
        return !head.values(of: "if-none-match").contains { value in
            if Self.isAsterisk(value) { return exists }
            guard let entityTag else { return false }
            return EntityTag.list(value).contains {
                $0.matchesWeakly(entityTag) || $0.matchesWeakly(entityTag.encoded)
            }
        }
    }

    private func isModified(_ head: RequestHead, _ now: HTTPDate) -> Bool? {
        guard let lastModified, let date = date("if-modified-since", head, now) else {
            return nil
        }
        return lastModified > date
    }

    /// Only GET has ranges; If-Range must name the very representation that is there.
    private func appliesRange(_ head: RequestHead, _ now: HTTPDate) -> Bool {
        guard head.method == .get, head.value(of: "range") != nil else { return false }
        guard let condition = head.value(of: "if-range") else { return true }
        if let tag = EntityTag(field: condition) {
            return entityTag.map { $0.matchesStrongly(tag) } ?? false
        }
        guard let lastModified, let date = date("if-range", head, now) else { return false }
        return lastModified == date
    }

    /// The date of the only field named so; a list of dates is none.
    private func date(_ name: StaticString, _ head: RequestHead, _ now: HTTPDate) -> HTTPDate? {
        var values = head.values(of: name)
        guard let value = values.next(), values.next() == nil else { return nil }
        return HTTPDate(value, now: now)
    }

    private static func isAsterisk(_ value: ArraySlice<UInt8>) -> Bool {
        value.count == 1 && value.first == UInt8(ascii: "*")
    }
}
