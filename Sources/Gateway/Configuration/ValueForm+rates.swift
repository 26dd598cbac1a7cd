import RateLimiting

extension ValueForm where Value == Configuration.Rate? {
    /// `600/1m`: so many, and the window that they may come in.
    static var rate: ValueForm {
        let counts = ValueForm<Int>.integer(1...1_000_000_000)
        let windows = ValueForm<Int>.duration("1s", "24h")
        let wording = "a number and a time in s, m or h, such as 600/1m, or off"
        return ValueForm(wording: wording) { text, context throws(ValueProblem) in
            if text == "off" { return nil }
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2 else {
                throw ValueProblem("is not a number and a time with a slash between")
            }
            let quota = try counts.read(String(parts[0]), context)
            let milliseconds = try windows.read(String(parts[1]), context)
            guard milliseconds % 1_000 == 0 else { throw ValueProblem("is not of whole seconds") }
            let rate = Configuration.Rate(quota: quota, windowSeconds: milliseconds / 1_000)
            guard rate.quota <= rate.windowSeconds * RateLimit.mostPerSecond else {
                throw ValueProblem("is more than a million a second")
            }
            return rate
        }
    }
}

extension ValueForm where Value == RedisURL? {
    static var redis: ValueForm {
        let wording =
            "redis://user:password@host:port/database or unix://:password@/path?db=database, "
            + "special characters as %40 and so on"
        return ValueForm(wording: wording) { text, _ throws(ValueProblem) in
            try RedisURL(parsing: text)
        }
    }
}
