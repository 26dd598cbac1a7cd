import Bytes

extension Collection<UInt8> {
    /// The bytes with each `%XX` undone; nil when a `%` has no two hexadecimal digits. With
    /// `plusIsSpace`, as in forms, `+` means a space. O(n).
    ///
    /// Take a path apart at its slashes first: `%2F` is no separator.
    package func percentDecoded(plusIsSpace: Bool = false) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(count)
        var bytes = makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = bytes.next()?.hexadecimalValue,
                    let low = bytes.next()?.hexadecimalValue
                else { return nil }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: decoded.append(0x20)
            default: decoded.append(byte)
            }
        }
        return decoded
    }
}
