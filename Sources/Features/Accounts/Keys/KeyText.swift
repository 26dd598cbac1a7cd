import Bytes
import Postgres
package import Secrets

/// The key of a service, as its holder has it: `marquee_`, the number of its account, `_`, and a
/// secret. The number is there so that what the key may see is asked for together with whether it
/// is one; it is believed no sooner than the secret.
package struct KeyText: Sendable, Equatable {
    package let account: Int
    package let secret: OpaqueToken

    init(account: Int, secret: OpaqueToken = .fresh()) {
        (self.account, self.secret) = (account, secret)
    }

    /// Nothing for what no key is written like.
    package init?(parsing text: ArraySlice<UInt8>) {
        let parts = text.split(
            separator: UInt8(ascii: "_"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual("marquee".utf8),
            let account = UInt64(decimal: parts[1]).flatMap({ Int(exactly: $0) }),
            let secret = OpaqueToken(parsing: parts[2])
        else { return nil }
        self.init(account: account, secret: secret)
    }

    var text: String { "marquee_\(account)_\(secret.text)" }
    var hash: Blob { Blob(secret.digest.bytes) }
    /// What lists show of the secret.
    var prefix: String { String(secret.text.prefix(8)) }
}
