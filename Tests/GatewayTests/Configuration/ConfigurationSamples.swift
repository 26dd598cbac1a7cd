import Gateway

/// Environments that several suites read, and the machine they are read on.
enum Samples {
    static let machine = ConfigurationFacts(onlineCores: 6) { $0 == "Europe/Berlin" }

    /// The bytes 0 to 31.
    static let hexadecimalKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    static let base64Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    static let development = ["MARQUEE_ENV": "development"]
    static let production = [
        "MARQUEE_CORS_ORIGINS": "https://films.example",
        "DATABASE_URL": "postgres://marquee:hunter2@db:5432/films?sslmode=require",
        "MARQUEE_SIGNING_KEYS": "a:\(hexadecimalKey)",
    ]

    /// Reads the variables on top of a development environment.
    static func read(
        _ variables: [String: String], over base: [String: String] = development
    ) throws(ConfigurationFault) -> Configuration {
        try Configuration.read(base.merging(variables) { _, new in new }, on: machine)
    }

    /// The text of the fault, or nothing where all is well.
    static func fault(
        _ variables: [String: String], over base: [String: String] = development
    ) -> String {
        do throws(ConfigurationFault) {
            _ = try read(variables, over: base)
            return ""
        } catch {
            return error.description
        }
    }

    /// What the one problem says behind the variable's name.
    static func complaint(_ name: String, _ value: String) -> String? {
        do throws(ConfigurationFault) {
            _ = try read([name: value])
            return nil
        } catch {
            return error.problems.count == 1 ? error.problems[0].complaint : error.description
        }
    }
}
