/// Drawings for the demo, in SVG: the same title always looks the same.
struct Picture {
    let width: Int
    let height: Int
    let palette: Palette
    private var dice: Dice
    private var body = ""

    private init(_ width: Int, _ height: Int, _ category: String, seed: Int) {
        (self.width, self.height) = (width, height)
        // The palette comes first, so that poster and thumbnail of a film have the same.
        var dice = Dice(seed)
        palette = Palette.of(category, &dice)
        self.dice = dice
    }

    var meanColor: Palette.Color { palette.sky.mixed(45, with: palette.glow) }

    /// Upright, with its title.
    static func poster(
        _ title: String, _ category: String, seed: Int
    ) -> (svg: String, blurhash: String) {
        var picture = Picture(600, 900, category, seed: seed)
        picture.drawScene()
        picture.writeTitle(title, category)
        return (picture.svg, Blurhash.of(picture.meanColor))
    }

    /// Lying, without words.
    static func still(
        _ category: String, width: Int, height: Int, seed: Int
    ) -> (svg: String, blurhash: String) {
        var picture = Picture(width, height, category, seed: seed)
        picture.drawScene()
        return (picture.svg, Blurhash.of(picture.meanColor))
    }

    static func avatar(_ initials: String, seed: Int) -> (svg: String, blurhash: String) {
        var picture = Picture(160, 160, "", seed: seed)
        let hue = Palette.Color(picture.dice.pick(avatarColors))
        let other = hue.mixed(45, with: Palette.Color(0x1D1A26))
        picture.body = """
            <rect width="160" height="160" fill="\(hue.hexadecimal)"/>\
            <circle cx="\(picture.dice.within(20...140))" cy="170" r="110" \
            fill="\(other.hexadecimal)"/>\
            <text x="80" y="98" text-anchor="middle" font-family="Helvetica,Arial,sans-serif" \
            font-size="56" font-weight="600" fill="#fff">\(escaped(initials))</text>
            """
        return (picture.document, Blurhash.of(hue.mixed(30, with: other)))
    }

    /// Of so little that thousands of them are made in a second.
    static func sketch(
        width: Int, height: Int, seed: Int
    ) -> (svg: String, blurhash: String) {
        var picture = Picture(width, height, "", seed: seed)
        let radius = picture.dice.within(height / 6...height / 3)
        picture.body = """
            <rect width="\(width)" height="\(height)" fill="\(picture.palette.sky.hexadecimal)"/>\
            <circle cx="\(picture.dice.below(width))" cy="\(picture.dice.below(height))" \
            r="\(radius)" fill="\(picture.palette.glow.hexadecimal)"/>
            """
        return (picture.document, Blurhash.of(picture.meanColor))
    }

    private static let avatarColors = [
        0xC8321F, 0xE07A3F, 0xD9A441, 0x4C9F70, 0x2A9D8F, 0x3D7EA6, 0x5B5EA6, 0x8E4585, 0xB23A6B,
    ]

    // MARK: The sheet

    private var svg: String { document }

    private var document: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" \
        width="\(width)" height="\(height)">\(body)</svg>

        """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }

    private mutating func draw(_ shape: String) { body += shape }

    /// The sky, then one of the scenes below.
    private mutating func drawScene() {
        draw(
            """
            <defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1">\
            <stop offset="0" stop-color="\(palette.sky.hexadecimal)"/>\
            <stop offset=".75" stop-color="\(palette.glow.hexadecimal)"/></linearGradient>\
            <linearGradient id="f" x1="0" y1="0" x2="0" y2="1">\
            <stop offset="0" stop-color="\(palette.ink.hexadecimal)" stop-opacity="0"/>\
            <stop offset="1" stop-color="\(palette.ink.hexadecimal)"/></linearGradient></defs>\
            <rect width="\(width)" height="\(height)" fill="url(#s)"/>
            """)
        switch dice.below(7) {
        case 0: drawHills()
        case 1: drawCity()
        case 2: drawSea()
        case 3: drawPlanet()
        case 4: drawForest()
        case 5: drawRings()
        default: drawBalloons()
        }
    }

    private mutating func circle(
        _ x: Int, _ y: Int, _ radius: Int, _ fill: Palette.Color, opacity percent: Int = 100
    ) {
        let opacity = percent == 100 ? "" : " opacity=\"\(Double(percent) / 100)\""
        draw(
            """
            <circle cx="\(x)" cy="\(y)" r="\(radius)" fill="\(fill.hexadecimal)"\(opacity)/>
            """)
    }

    /// A light with a halo, high in the sky.
    private mutating func drawLight() {
        let (x, y) = (
            dice.within(width / 4...width * 3 / 4), dice.within(height / 5...height * 2 / 5)
        )
        let radius = min(width, height) / dice.within(6...9)
        for halo in [26, 18] { circle(x, y, radius * halo / 10, palette.light, opacity: 12) }
        circle(x, y, radius, palette.light)
    }

    private mutating func drawStars(_ count: Int) {
        for _ in 0..<count {
            circle(
                dice.below(width), dice.below(height * 7 / 10), dice.within(1...3), palette.light,
                opacity: dice.within(30...90))
        }
    }
}

// The scenes.
extension Picture {
    /// From the horizon to the front, each layer darker than the one behind it.
    private func layer(_ index: Int, of count: Int) -> Palette.Color {
        palette.glow.mixed(20 + 80 * index / count, with: palette.ink)
    }

    private mutating func drawHills() {
        drawLight()
        for index in 1...4 {
            let base = height * (44 + 11 * index) / 100
            var path = "M0 \(height)V\(base)"
            var x = 0
            while x < width {
                let step = width / dice.within(2...4)
                let peak = base - dice.within(-height / 20...height / 9)
                path += "Q\(x + step / 2) \(peak) \(x + step) \(base + dice.within(-20...20))"
                x += step
            }
            draw("<path d=\"\(path)V\(height)Z\" fill=\"\(layer(index, of: 4).hexadecimal)\"/>")
        }
    }

    private mutating func drawCity() {
        drawStars(24)
        drawLight()
        for index in 1...3 {
            var (x, path, windows) = (0, "", "")
            let color = layer(index, of: 3).hexadecimal
            while x < width {
                let block = width / dice.within(9...16)
                let top = height * (30 + 16 * index) / 100 + dice.within(-height / 9...height / 12)
                path += "M\(x) \(height)V\(top)H\(x + block)V\(height)Z"
                if index == 3 {
                    for _ in 0..<5 {
                        let (column, row) = (
                            dice.within(6...max(7, block - 12)), dice.within(1...9)
                        )
                        windows += "M\(x + column) \(top + row * 22)h6v10h-6Z"
                    }
                }
                x += block
            }
            draw("<path d=\"\(path)\" fill=\"\(color)\"/>")
            draw("<path d=\"\(windows)\" fill=\"\(palette.light.hexadecimal)\" opacity=\".8\"/>")
        }
    }

    private mutating func drawSea() {
        drawLight()
        let horizon = height * 55 / 100
        for index in 0..<6 {
            let y = horizon + index * height * 8 / 100
            let swell = dice.within(8...22)
            var path = "M0 \(y)"
            for wave in 0..<8 {
                path += "q\(width / 16) \(wave % 2 == 0 ? -swell : swell) \(width / 8) 0"
            }
            let color = layer(index, of: 6).hexadecimal
            draw("<path d=\"\(path)V\(height)H0Z\" fill=\"\(color)\"/>")
            guard index == 2 else { continue }
            let x = dice.within(width / 4...width * 3 / 4)
            draw(
                """
                <path d="M\(x - 46) \(y - 6)h92l-18 24h-58Z" fill="\(palette.ink.hexadecimal)"/>\
                <path d="M\(x) \(y - 110)v96h-44ZM\(x + 6) \(y - 92)v78h36Z" \
                fill="\(palette.light.hexadecimal)"/>
                """)
        }
    }

    private mutating func drawPlanet() {
        drawStars(70)
        let (x, y) = (width / 2 + dice.within(-60...60), height * 42 / 100)
        let radius = min(width, height) / dice.within(4...6)
        circle(x, y, radius * 14 / 10, palette.light, opacity: 10)
        circle(x, y, radius, palette.light.mixed(25, with: palette.glow))
        circle(x + radius / 4, y + radius / 5, radius * 8 / 10, palette.ink, opacity: 25)
        let tilt = dice.within(-30...30)
        draw(
            """
            <ellipse cx="\(x)" cy="\(y)" rx="\(radius * 17 / 10)" ry="\(radius * 4 / 10)" \
            fill="none" stroke="\(palette.light.hexadecimal)" stroke-width="7" opacity=".8" \
            transform="rotate(\(tilt) \(x) \(y))"/>
            """)
        circle(x - radius * 2, y - radius, radius / 6, palette.light)
    }

    private mutating func drawForest() {
        drawLight()
        for index in 1...4 {
            var (x, path) = (-20, "")
            let base = height * (48 + 13 * index) / 100
            while x < width + 20 {
                let (broad, tall) = (dice.within(30...60), dice.within(90...190) * height / 900)
                path += "M\(x) \(base)l\(broad / 2) -\(tall) \(broad / 2) \(tall)Z"
                x += broad * 2 / 3
            }
            let color = layer(index, of: 4).hexadecimal
            draw("<path d=\"\(path)M0 \(base - 2)H\(width)V\(height)H0Z\" fill=\"\(color)\"/>")
        }
    }

    private mutating func drawRings() {
        let (x, y) = (dice.within(width / 3...width * 2 / 3), height * 42 / 100)
        let widest = max(width, height) * 6 / 10
        for index in 0..<9 {
            let color = index % 2 == 0 ? palette.glow : palette.sky
            circle(x, y, widest * (9 - index) / 9, color.mixed(6 * index, with: palette.ink))
        }
        circle(x, y, widest / 16, palette.light)
        let (left, foot) = (x - 9, y + widest / 16)
        draw(
            """
            <path d="M\(left) \(height)L\(x - 3) \(foot)h6L\(x + 9) \(height)Z" \
            fill="\(palette.light.hexadecimal)" opacity=".85"/>
            """)
    }

    private mutating func drawBalloons() {
        for _ in 0..<dice.within(7...11) {
            let (x, y) = (dice.below(width), dice.within(height / 10...height * 6 / 10))
            let radius = dice.within(26...72) * height / 900 + 6
            let color = palette.light.mixed(dice.within(0...70), with: palette.sky)
            draw(
                """
                <path d="M\(x) \(y + radius)q\(dice.within(-14...14)) \(radius) 0 \(radius * 2)" \
                fill="none" stroke="\(palette.ink.hexadecimal)" stroke-width="2"/>
                """)
            circle(x, y, radius, color, opacity: 92)
            circle(x - radius / 3, y - radius / 3, radius / 5, palette.light, opacity: 70)
        }
        let ground = layer(3, of: 4).hexadecimal
        draw(
            """
            <path d="M0 \(height)V\(height * 82 / 100)Q\(width / 2) \(height * 70 / 100) \
            \(width) \(height * 84 / 100)V\(height)Z" fill="\(ground)"/>
            """)
    }
}

// The words.
extension Picture {
    private static let longestLine = 15

    private mutating func writeTitle(_ title: String, _ category: String) {
        let fade = height * 55 / 100
        draw(
            "<rect y=\"\(fade)\" width=\"\(width)\" height=\"\(height - fade)\" fill=\"url(#f)\"/>")
        let lines = Self.lines(of: title.uppercased())
        let longest = lines.map(\.count).max() ?? 1
        let size = min(80, 780 / max(longest, 6))
        var y = height - 90 - (lines.count - 1) * size * 11 / 10
        for line in lines {
            write(line, y: y, size: size, spacing: 1, weight: 700)
            y += size * 11 / 10
        }
        write(category.uppercased(), y: height - 42, size: 18, spacing: 6, weight: 400)
    }

    private mutating func write(_ text: String, y: Int, size: Int, spacing: Int, weight: Int) {
        draw(
            """
            <text x="\(width / 2)" y="\(y)" text-anchor="middle" font-size="\(size)" \
            font-family="Avenir Next,Futura,Helvetica,Arial,sans-serif" font-weight="\(weight)" \
            letter-spacing="\(spacing)" fill="\(palette.light.hexadecimal)">\
            \(Self.escaped(text))</text>
            """)
    }

    /// Broken between words where a line would get too long.
    private static func lines(of title: String) -> [String] {
        var lines: [String] = []
        for word in title.split(separator: " ").map(String.init) {
            if let last = lines.last, last.count + word.count < longestLine {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(word)
            }
        }
        return lines
    }
}
