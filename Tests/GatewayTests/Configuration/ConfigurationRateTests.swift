import Gateway
import Redis
import Secrets
import Testing

@Suite struct ConfigurationRateTests {
    @Test func `limits are on in production and off in development`() throws {
        #expect(try Samples.read([:]).rates.isOn == false)
        #expect(try Samples.read([:], over: Samples.production).rates.isOn)
    }

    @Test(arguments: [("600/1m", 600, 60), ("1/24h", 1, 86_400), ("5000000/5s", 5_000_000, 5)])
    func `a rate is a number and a time`(text: String, quota: Int, seconds: Int) throws {
        let rate = try Samples.read(["MARQUEE_RATE_PER_ADDRESS": text]).rates.address
        #expect(rate?.quota == quota)
        #expect(rate?.windowSeconds == seconds)
    }

    @Test func `a rate may be off`() throws {
        #expect(try Samples.read(["MARQUEE_RATE_PER_ADDRESS": "off"]).rates.address == nil)
    }

    @Test(arguments: [
        ("600", "is not a number and a time with a slash between"),
        ("600/1m/1", "is not a number and a time with a slash between"),
        ("0/1m", "is too small"), ("many/1m", "is not a whole number"),
        ("600/1", "has no unit"), ("600/500ms", "is too small"),
        ("600/1500ms", "is not of whole seconds"), ("600/25h", "is too large"),
        ("1000001/1s", "is more than a million a second"),
    ])
    func `what is no rate is refused`(text: String, complaint: String) {
        #expect(Samples.complaint("MARQUEE_RATE_PER_ADDRESS", text) == complaint)
    }

    @Test func `one operation may always be paid`() {
        #expect(
            Samples.complaint("MARQUEE_RATE_COST", "9999/1m")
                == "is less than one operation may cost by MARQUEE_MAX_QUERY_COST=10000")
        #expect(Samples.complaint("MARQUEE_RATE_COST", "10000/1m") == nil)
    }

    @Test(arguments: [
        ("redis://cache", RedisAddress.Endpoint.internet(host: "cache", port: 6379), 0),
        ("redis://cache:6380/7", .internet(host: "cache", port: 6380), 7),
        ("redis://[::1]:6380/", .internet(host: "::1", port: 6380), 0),
        ("unix:///run/redis.sock?db=3", .unix(path: "/run/redis.sock"), 3),
    ])
    func `a Redis is named by a URL`(
        url: String, endpoint: RedisAddress.Endpoint, database: Int
    ) throws {
        let address = try #require(try Samples.read(["REDIS_URL": url]).rates.redis).address
        #expect(address == RedisAddress(endpoint, database: database))
    }

    @Test func `user and password are read, and never shown`() throws {
        let configuration = try Samples.read(["REDIS_URL": "redis://films:hunter%402@cache/1"])
        let url = try #require(configuration.rates.redis)
        #expect(url.address.user == "films")
        #expect(url.address.password?.reveal() == "hunter@2")
        #expect(url.description == "redis://films@cache:6379/1")
        var dumped = "\(configuration)"
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("hunter"))
        let socket = try Samples.read(["REDIS_URL": "unix://:hunter2@/run/r.sock?db=2"])
        #expect(socket.rates.redis?.description == "unix:///run/r.sock?db=2")
    }

    @Test(arguments: [
        ("cache:6379", "does not begin with redis:// or unix://"),
        ("rediss://cache", "asks for TLS, which is not spoken here"),
        ("redis://", "names no host"), ("redis://cache:x", "has a port that is not a number"),
        ("redis://cache/one", "has a database that is not a number"),
        ("redis://hunter2@cache", "has a user without a password"),
        ("redis://u:@cache", "has an empty password"),
        ("redis://u:hun/ter2@cache", "has a special character in the user or password"),
        ("redis://u:hun ter2@cache", "has blanks or control characters"),
        ("unix://run/redis.sock", "has no path of a socket"),
        ("unix:///run/redis.sock?3", "has something behind ? that is not db=number"),
    ])
    func `a faulty URL is refused without being shown`(url: String, complaint: String) {
        let text = Samples.fault(["REDIS_URL": url])
        #expect(text.hasPrefix("The configuration has 1 problem:\n  REDIS_URL \(complaint)"))
        #expect(!text.contains("hunter2"))
    }
}
