/// The colours of a drawing.
struct Palette {
    let sky: Color
    let glow: Color
    let light: Color
    let ink: Color

    struct Color {
        let red: Int
        let green: Int
        let blue: Int

        init(_ number: Int) {
            (red, green, blue) = (number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF)
        }

        /// So many percent of the way to another.
        func mixed(_ percent: Int, with other: Color) -> Color {
            let mix = { (from: Int, to: Int) in from + (to - from) * percent / 100 }
            return Color(
                mix(red, other.red) << 16 | mix(green, other.green) << 8 | mix(blue, other.blue))
        }

        var number: Int { red << 16 | green << 8 | blue }

        var hexadecimal: String {
            let digits = String(number, radix: 16)
            return "#" + String(repeating: "0", count: 6 - digits.count) + digits
        }
    }

    init(_ sky: Int, _ glow: Int, _ light: Int, _ ink: Int) {
        (self.sky, self.glow) = (Color(sky), Color(glow))
        (self.light, self.ink) = (Color(light), Color(ink))
    }

    static func of(_ category: String, _ dice: inout Dice) -> Palette {
        dice.pick(byCategory[category] ?? others)
    }

    private static let byCategory: [String: [Palette]] = [
        "Science Fiction": [
            Palette(0x0B1026, 0x3A2F7D, 0x7DE2F2, 0x05060F),
            Palette(0x10162F, 0x8B2F5C, 0xFFC46B, 0x080A18),
        ],
        "Drama": [
            Palette(0x2E3B4E, 0xC98B6B, 0xF6E2C6, 0x1A2230),
            Palette(0x3B2F3A, 0xB5654A, 0xF1D9B5, 0x201820),
        ],
        "Comedy": [
            Palette(0xFFB84C, 0xFF7A59, 0xFFF3D6, 0x7A2E1D),
            Palette(0x4CC9B0, 0xFFE066, 0xFFFBEA, 0x17594F),
        ],
        "Thriller": [
            Palette(0x101418, 0x7C1D22, 0xE8E3DA, 0x050607),
            Palette(0x0F2027, 0x2C5364, 0xF2C14E, 0x060D11),
        ],
        "Adventure": [
            Palette(0x1E5F74, 0xF2A65A, 0xFFF1C9, 0x0E2B36),
            Palette(0x6A3D1B, 0xE3A44C, 0xFFEBC2, 0x2E190A),
        ],
        "Animation": [
            Palette(0x5B4FE0, 0xFF7AA8, 0xFFF07C, 0x2A2370),
            Palette(0x2BB3E0, 0xA6F0C6, 0xFFFFFF, 0x0F4E66),
        ],
        "Documentary": [
            Palette(0x54655A, 0xC9C2A5, 0xF7F3E3, 0x252E28),
            Palette(0x3E5C76, 0xA9BCD0, 0xF0EBD8, 0x1D2D3D),
        ],
        "Romance": [
            Palette(0xD1495B, 0xF7A278, 0xFFE8D6, 0x5C1A2B),
            Palette(0x7B3F61, 0xF28FA5, 0xFFE5EC, 0x341A29),
        ],
        "Horror": [
            Palette(0x0A0A0C, 0x3D0C11, 0xD8CFC0, 0x000000),
            Palette(0x131A14, 0x3B4A36, 0xC7D66D, 0x060906),
        ],
        "Fantasy": [
            Palette(0x1B3A4B, 0x6A4C93, 0xF9DC5C, 0x0C1B24),
            Palette(0x274029, 0x9C7A3C, 0xF4E9B8, 0x101C11),
        ],
    ]

    private static let others = [
        Palette(0x264653, 0xE9C46A, 0xFFF4D6, 0x10222A),
        Palette(0x355070, 0xEAAC8B, 0xFFE9DD, 0x182536),
    ]
}

/// A blurhash of one component, which is the mean colour (blurha.sh, "Algorithm").
enum Blurhash {
    private static let digits = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~")

    static func of(_ color: Palette.Color) -> String {
        var (rest, text) = (color.number, "")
        for _ in 0..<4 {
            text = String(digits[rest % 83]) + text
            rest /= 83
        }
        // One component each way, and no other component that could be larger.
        return "00" + text
    }
}
