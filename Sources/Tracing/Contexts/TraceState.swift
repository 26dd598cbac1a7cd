import Bytes

/// W3C Trace Context section 3.3: what tracing systems tell each other along a trace. It is passed
/// on as it came.
///
/// ```text
/// list        = list-member 0*31( OWS "," OWS list-member )
/// list-member = ( key "=" value ) / OWS
/// key         = ( lcalpha / DIGIT ) 0*255( lcalpha / DIGIT / "_" / "-" / "*" / "/" / "@" )
/// value       = 0*255( %x20-2B / %x2D-3C / %x3E-7E ) nblkchr
/// ```
package struct TraceState: Hashable, Sendable {
    /// In one line, without what is empty.
    package let text: String

    package static let none = TraceState(text: "")
    private static let maximumMembers = 32
    private static let maximumPartBytes = 256

    private init(text: String) { self.text = text }

    /// The values of all `tracestate` fields, in order: one that cannot be read spoils them all.
    package init(_ fields: some Sequence<ArraySlice<UInt8>>) {
        var members: [ArraySlice<UInt8>] = []
        for field in fields {
            for part in field.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: true) {
                let member = part.trimmingSpaces
                guard !member.isEmpty else { continue }
                guard Self.isMember(member), members.count < Self.maximumMembers else {
                    self = .none
                    return
                }
                members.append(member)
            }
        }
        self.init(
            text: String(
                decoding: Array(members.joined(separator: [UInt8(ascii: ",")])), as: UTF8.self))
    }

    private static func isMember(_ member: ArraySlice<UInt8>) -> Bool {
        guard let equals = member.firstIndex(of: UInt8(ascii: "=")) else { return false }
        let (key, value) = (member[..<equals], member[(equals + 1)...])
        guard let first = key.first, first.isKeyStart, key.count <= maximumPartBytes,
            key.allSatisfy({ $0.isKeyStart || "_-*/@".utf8.contains($0) })
        else { return false }
        return !value.isEmpty && value.count <= maximumPartBytes
            && value.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
    }
}

extension UInt8 {
    fileprivate var isKeyStart: Bool { isDigit || isLetter && !isUppercase }
}
