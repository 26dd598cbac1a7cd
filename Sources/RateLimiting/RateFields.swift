package import Bytes

/// What clients are told: the fields of draft-ietf-httpapi-ratelimit-headers-10.
package enum RateFields {
    /// `RateLimit-Policy`: what the limits are. Points are no requests, which is what a quota
    /// counts where nothing else is said.
    package static func policies(of charges: [RateCharge], to text: inout ByteBuffer) {
        list(charges, to: &text) { charge, text in
            text.append(";q=")
            text.append(decimal: charge.limit.quota)
            if charge.limit.unit == .points { text.append(#";qu="points""#) }
            text.append(";w=")
            text.append(decimal: charge.limit.windowSeconds)
        }
    }

    /// `RateLimit`: what is left of each, and in how many seconds all of it is there again.
    package static func remainders(of charges: [RateCharge], to text: inout ByteBuffer) {
        list(charges, to: &text) { charge, text in
            text.append(";r=")
            text.append(decimal: charge.limit.remaining(at: charge.debt))
            text.append(";t=")
            text.append(decimal: charge.resetSeconds)
        }
    }

    /// Names are such as need no escape in a quoted string (RFC 9651 section 3.3.3).
    private static func list(
        _ charges: [RateCharge], to text: inout ByteBuffer,
        _ parameters: (borrowing RateCharge, inout ByteBuffer) -> Void
    ) {
        for (index, charge) in charges.enumerated() {
            text.append(index == 0 ? "\"" : ", \"")
            text.append(charge.limit.name)
            text.append("\"")
            parameters(charge, &text)
        }
    }
}
