/// Frames as clients send them: masked.
package enum ClientFrame {
    package static let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]

    package static func text(_ text: String, final: Bool = true) -> [UInt8] {
        make(0x1, [UInt8](text.utf8), final: final)
    }

    package static func binary(_ bytes: [UInt8], final: Bool = true) -> [UInt8] {
        make(0x2, bytes, final: final)
    }

    package static func more(_ bytes: [UInt8], final: Bool = true) -> [UInt8] {
        make(0x0, bytes, final: final)
    }

    package static func more(_ text: String, final: Bool = true) -> [UInt8] {
        more([UInt8](text.utf8), final: final)
    }

    package static func ping(_ text: String = "") -> [UInt8] { make(0x9, [UInt8](text.utf8)) }
    package static func pong(_ text: String = "") -> [UInt8] { make(0xA, [UInt8](text.utf8)) }

    package static func close(_ code: UInt16? = nil, _ reason: String = "") -> [UInt8] {
        let head = code.map { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] } ?? []
        return make(0x8, head + reason.utf8)
    }

    /// `first` replaces the whole first byte; `lengthBytes` makes a length longer than it need be.
    package static func make(
        _ opcode: UInt8, _ payload: [UInt8], final: Bool = true, first: UInt8? = nil,
        lengthBytes: Int? = nil, isMasked: Bool = true
    ) -> [UInt8] {
        var frame = [first ?? (final ? 0x80 : 0) | opcode]
        let mask: UInt8 = isMasked ? 0x80 : 0
        let count = payload.count
        switch lengthBytes ?? (count < 126 ? 0 : count < 65_536 ? 2 : 8) {
        case 0: frame.append(mask | UInt8(count))
        case 2: frame += [mask | 126, UInt8(count >> 8), UInt8(count & 0xFF)]
        default:
            frame.append(mask | 127)
            frame += (0..<8).reversed().map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
        }
        guard isMasked else { return frame + payload }
        frame += key
        frame += payload.enumerated().map { $1 ^ key[$0 % 4] }
        return frame
    }
}
