import Bytes
import Gateway
import Reactor
import Testing

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("*:4000", [ListenAddress.everywhere(port: 4000)]),
        ("0.0.0.0:0", [.internet(host: "0.0.0.0", port: 0)]),
        ("localhost:65535", [.internet(host: "localhost", port: 65535)]),
        ("[::1]:80", [.internet(host: "::1", port: 80)]),
        ("unix:/run/marquee.sock", [.unix(path: "/run/marquee.sock")]),
        ("*:80 , unix:/a", [.everywhere(port: 80), .unix(path: "/a")]),
        ("*:0,*:0", [.everywhere(port: 0), .everywhere(port: 0)]),
    ])
    func `an address is a host with a port, or a path`(
        text: String, addresses: [ListenAddress]
    ) throws {
        #expect(try Samples.read(["MARQUEE_LISTEN": text]).listen == addresses)
    }

    @Test(arguments: [
        ("4000", "has no port"), ("host:", "has a port that is not a number from 0 to 65535"),
        ("host:65536", "has a port that is not a number from 0 to 65535"),
        ("host:+80", "has a port that is not a number from 0 to 65535"),
        (":4000", "has no valid host"), ("256.0.0.1:80", "has no valid host"),
        ("1.2.3:80", "has no valid host"), ("ho st:80", "has no valid host"),
        ("-a.example:80", "has no valid host"),
        ("::1:80", "has an IPv6 address without brackets"),
        ("[::g]:80", "has brackets without an IPv6 address"),
        ("unix:run/a", "has a path that does not begin with /"),
        ("unix:/run/", "names a folder, not a socket"),
        ("*:80,", "is empty"), ("*:80,*:80", "repeats an address"),
    ])
    func `another text is refused`(text: String, complaint: String) {
        #expect(Samples.complaint("MARQUEE_LISTEN", text) == complaint)
    }

    @Test func `a socket's path has 107 bytes at most`() throws {
        let longest = "unix:/" + String(repeating: "a", count: 106)
        #expect(try Samples.read(["MARQUEE_LISTEN": longest]).listen.count == 1)
        #expect(
            Samples.complaint("MARQUEE_LISTEN", longest + "a")
                == "has a path longer than 107 bytes")
    }

    @Test(arguments: ["*:4000", "127.0.0.1:0", "[::1]:80", "unix:/a"])
    func `an address describes itself as it is written`(text: String) throws {
        #expect(try Samples.read(["MARQUEE_LISTEN": text]).listen.map(\.description) == [text])
    }
}

@Suite struct AddressBlockTests {
    @Test(arguments: [
        ("none", []), ("10.0.0.0/8", ["10.0.0.0/8"]),
        ("10.1.2.3, fd00::/8", ["10.1.2.3", "fd00::/8"]),
        ("0.0.0.0/0", ["0.0.0.0/0"]), ("any", ["0.0.0.0/0", "::/0"]),
        ("10.128.0.0/9", ["10.128.0.0/9"]), ("::1/128", ["::1"]),
        (
            "private",
            ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7"]
        ),
    ])
    func `a list of blocks is read`(text: String, blocks: [String]) throws {
        let configuration = try Samples.read(["MARQUEE_TRUSTED_PROXIES": text])
        #expect(configuration.trustedProxies.map(\.description) == blocks)
    }

    @Test func `a single address is a block of one`() throws {
        let blocks = try Samples.read(["MARQUEE_METRICS_FROM": "10.1.2.3,::1"]).metricsReaders
        #expect(blocks.map(\.prefixBits) == [32, 128])
        #expect(blocks[0].base == IPAddress(ipv4: 0x0A01_0203))
    }

    @Test(arguments: [
        ("10.0.0.0/33", "has a prefix that is not a number from 0 to 32"),
        ("::/129", "has a prefix that is not a number from 0 to 128"),
        ("10.0.0.0/", "has a prefix that is not a number from 0 to 32"),
        ("10.0.0.0/08x", "has a prefix that is not a number from 0 to 32"),
        ("10.128.0.0/8", "has bits set behind its prefix of 8"),
        ("10.0.0.1/31", "has bits set behind its prefix of 31"),
        ("10.0.0", "is not an IP address or block"), ("db", "is not an IP address or block"),
        ("none,::1", "is not an IP address or block"), ("10.0.0.0/8,,::1", "is empty"),
    ])
    func `another text is refused`(text: String, complaint: String) {
        #expect(Samples.complaint("MARQUEE_METRICS_FROM", text) == complaint)
    }
}

@Suite struct AllowedOriginsTests {
    @Test(arguments: [
        ("none", AllowedOrigins.listed([])), ("*", .any),
        ("https://films.example", .listed(["https://films.example"])),
        ("http://localhost:3000, https://a.b", .listed(["http://localhost:3000", "https://a.b"])),
        ("http://[::1]:3000", .listed(["http://[::1]:3000"])),
        ("https://[::1]", .listed(["https://[::1]"])),
        ("capacitor://localhost", .listed(["capacitor://localhost"])),
        ("http://a:443", .listed(["http://a:443"])),
    ])
    func `origins are exact`(text: String, origins: AllowedOrigins) throws {
        #expect(try Samples.read(["MARQUEE_CORS_ORIGINS": text]).allowedOrigins == origins)
    }

    @Test(arguments: [
        ("films.example", "is not an origin of the form scheme://host"),
        ("null", "is not an origin of the form scheme://host"),
        ("https://films.example/", "goes on behind the host and port"),
        ("https://films.example?a", "goes on behind the host and port"),
        ("https://Films.example", "has upper-case letters, which browsers never send"),
        ("https://films.example:443", "has the default port, which browsers leave out"),
        ("http://films.example:80", "has the default port, which browsers leave out"),
        ("https://films.example:0", "has a port that is not a number from 1 to 65535"),
        ("https://films.example:080", "has a port that is not a number from 1 to 65535"),
        ("https://films.example:99999", "has a port that is not a number from 1 to 65535"),
        ("https://*.example", "has no valid host"), ("https://", "has no valid host"),
        ("https://a@b", "names a user"),
        ("https://a,*", "is not an origin of the form scheme://host"),
    ])
    func `what no browser sends is refused`(text: String, complaint: String) {
        #expect(Samples.complaint("MARQUEE_CORS_ORIGINS", text) == complaint)
    }
}
