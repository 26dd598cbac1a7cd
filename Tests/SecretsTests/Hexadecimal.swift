import Bytes

extension [UInt8] {
    /// The bytes that hexadecimal digits write; whatever else is in the text separates them.
    init(hexadecimal text: String) {
        let digits = text.utf8.compactMap(\.hexadecimalValue)
        self = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
