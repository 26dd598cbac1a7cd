import Gateway
import Testing

/// Random text, the same in every run.
struct Noise: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Up to twenty pieces, most of them of the grammars' own.
    mutating func text() -> String {
        let pieces = [
            "a", "0", "9", "65535", ":", "/", "//", ".", ",", "[", "]", "@", "%", "%4", "?", "=",
            "&", "-", "_", "*", "'", "\"", "\\", "#", "$", "\n", "\r\n", "\r", "\t", " ", "\0",
            "é", "e\u{301}", "١", "🎬", "\u{FEFF}", "ms", "KiB", "none", "export ", "unix:",
            "postgres://", "https://", "::1", "10.0.0.0", "A=",
        ]
        let count = Int.random(in: 0...20, using: &self)
        return (0..<count).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}

@Suite struct `Configuration, fed with noise` {
    @Test(arguments: ConfigurationVariable.table.map(\.name))
    func `a variable is read or refused`(name: String) {
        var noise = Noise(seed: UInt64(name.utf8.count))
        for _ in 0..<300 {
            let value = noise.text()
            let fault = Samples.fault([name: value], over: Samples.production)
            #expect(fault.isEmpty || fault.contains(name), "\(value)")
        }
    }

    @Test func `an environment file is read or refused at a place inside it`() {
        var noise = Noise(seed: 1)
        for _ in 0..<5000 {
            let text = noise.text()
            do throws(EnvironmentFileFault) {
                _ = try EnvironmentFile.parse(text)
            } catch {
                #expect(error.line >= 1 && error.column >= 1, "\(text)")
                #expect(error.line <= text.unicodeScalars.count { $0 == "\n" } + 1, "\(text)")
            }
        }
    }
}
