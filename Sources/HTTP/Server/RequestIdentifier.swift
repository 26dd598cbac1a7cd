package import Bytes
import CSystem
import Reactor

/// Names a request: up to 64 visible ASCII characters, ours being 32 hexadecimal digits.
package struct RequestIdentifier: Sendable, Equatable {
    private var high: UInt64 = 0
    private var low: UInt64 = 0
    /// What a trusted proxy chose.
    private var given: [UInt8]?

    static let maximumGivenBytes = 64

    init() {}

    init?(given: ArraySlice<UInt8>) {
        guard (1...Self.maximumGivenBytes).contains(given.count),
            given.allSatisfy({ $0.isToken })
        else { return nil }
        self.given = [UInt8](given)
    }

    /// Unique for sure within a process and, by 64 random bits, among all of them.
    @EventLoop static func next() -> RequestIdentifier {
        counter &+= 0x9E37_79B9_7F4A_7C15
        var mixed = counter
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        var identifier = RequestIdentifier()
        (identifier.high, identifier.low) = (prefix, mixed ^ (mixed >> 31))
        return identifier
    }

    @EventLoop private static let prefix = random()
    @EventLoop private static var counter = random()

    private static func random() -> UInt64 {
        var number: UInt64 = 0
        precondition(csystem_random(&number, 8) == 0, "the system gives no random numbers")
        return number
    }

    package var description: String {
        String(decoding: bytes, as: UTF8.self)
    }

    package var bytes: [UInt8] {
        if let given { return given }
        var text = ByteBuffer(capacity: 32)
        write(to: &text)
        return text.array()
    }

    package func write(to buffer: inout ByteBuffer) {
        if let given { return buffer.append(given) }
        buffer.append(hexadecimal: high)
        buffer.append(hexadecimal: low)
    }
}
