import GraphQLLanguage
import GraphQLTypes

/// What the rules have found. Some rules look only after the walk; the moment at which each error
/// belongs puts all of them in order in the end.
struct Findings {
    private struct Finding {
        let moment: Moment
        let rule: ExecutableRule
        let message: String
        let offsets: [Int]
    }

    private var findings: [Finding] = []
    /// How many of each rule there are; empty until there is one.
    private var counts: [Int] = []
    /// Up to here one rule alone has found too many errors: all that come later are cut off.
    private var end: Moment?
    private let maximumErrors: Int

    init(maximumErrors: Int) { self.maximumErrors = maximumErrors }

    var isEmpty: Bool { findings.isEmpty }

    /// Whether errors that `rule` finds from now on would be cut off anyhow: each rule reports in
    /// the order of moments.
    func isFull(_ rule: ExecutableRule) -> Bool {
        !counts.isEmpty && counts[Int(rule.rawValue)] > maximumErrors
    }

    /// The same for errors at `moment`, which may be cut off because of other rules.
    func isFull(_ rule: ExecutableRule, at moment: Moment) -> Bool {
        if isFull(rule) { return true }
        guard let end else { return false }
        return end < moment
    }

    /// Takes an error whose locations are at `offsets` of the source.
    @inline(never)
    mutating func report(
        _ rule: ExecutableRule, _ moment: Moment, at offsets: [Int],
        _ message: String
    ) {
        if counts.isEmpty { counts = Array(repeating: 0, count: ExecutableRule.allCases.count) }
        guard !isFull(rule, at: moment) else { return }
        counts[Int(rule.rawValue)] += 1
        if isFull(rule) { end = min(end ?? moment, moment) }
        findings.append(
            Finding(moment: moment, rule: rule, message: message, offsets: offsets))
    }

    /// The errors in their order, not more than the limit.
    func errors(in document: Document) -> [GraphQLError] {
        guard !findings.isEmpty else { return [] }
        let lines = LineTable(source: document.source)
        let ordered = findings.enumerated().sorted { left, right in
            if left.element.moment != right.element.moment {
                return left.element.moment < right.element.moment
            }
            if left.element.rule != right.element.rule {
                return left.element.rule.rawValue < right.element.rule.rawValue
            }
            return left.offset < right.offset
        }
        var list = ErrorList(maximumErrors: maximumErrors)
        for (_, finding) in ordered where !list.isFull {
            list.report(finding.message, at: finding.offsets.map { lines.location(of: $0) })
        }
        return list.errors
    }
}
