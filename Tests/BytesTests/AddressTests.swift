import Bytes
import Testing

private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text.utf8)) }

@Suite struct IPAddressTests {
    @Test(
        arguments: [
            ("0.0.0.0", 0, 0xFFFF_0000_0000), ("1.2.3.4", 0, 0xFFFF_0102_0304),
            ("255.255.255.255", 0, 0xFFFF_FFFF_FFFF), ("::", 0, 0), ("::1", 0, 1),
            ("1::", 0x0001_0000_0000_0000, 0), ("::ffff:1.2.3.4", 0, 0xFFFF_0102_0304),
            ("2001:DB8::ff00:42:8329", 0x2001_0DB8_0000_0000, 0x0000_FF00_0042_8329),
            ("1:2:3:4:5:6:7:8", 0x0001_0002_0003_0004, 0x0005_0006_0007_0008),
            ("1:2:3:4:5:6:7::", 0x0001_0002_0003_0004, 0x0005_0006_0007_0000),
            ("::2:3:4:5:6:7:8", 0x0000_0002_0003_0004, 0x0005_0006_0007_0008),
            ("1:2:3:4:5:6:1.2.3.4", 0x0001_0002_0003_0004, 0x0005_0006_0102_0304),
            ("64:ff9b::1.2.3.4", 0x0064_FF9B_0000_0000, 0x0102_0304),
        ] as [(String, UInt64, UInt64)])
    func `addresses of both families are read`(text: String, high: UInt64, low: UInt64) throws {
        #expect(try address(text) == IPAddress(high: high, low: low))
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "256.1.1.1", "01.2.3.4",
        "1.2.3.04", "0x1.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1.2.3.-4", "1.2.3.4/8", "1.2.3.1000",
        ":", ":::", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::",
        "::1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8::", ":1::", "1::2:", "::1%eth0", "[::1]", "1.2.3.4::",
        "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "1:::2",
        "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000",
    ])
    func `anything else is no address`(text: String) {
        #expect(IPAddress(text.utf8) == nil)
    }

    @Test(arguments: [
        ("0.0.0.0", "0.0.0.0"), ("255.10.0.1", "255.10.0.1"), ("::ffff:1.2.3.4", "1.2.3.4"),
        ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("0:0:1:2:3:4:5:0", "::1:2:3:4:5:0"), ("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"),
        ("0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7"), ("fe80::00ab", "fe80::ab"),
    ])
    func `an address is described as RFC 5952 writes it`(text: String, written: String) throws {
        #expect(try address(text).description == written)
    }

    @Test func `a loopback address is that of this machine`() throws {
        #expect(try IPAddress.loopback == address("127.0.0.1"))
    }
}

@Suite struct AddressBlockTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("10.1.2.3/8", "10.9.9.9", true), ("10.0.0.0/8", "::ffff:10.1.1.1", true),
        ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false), ("::/0", "8.8.8.8", true),
        ("192.168.1.128/25", "192.168.1.127", false), ("192.168.1.128/25", "192.168.1.255", true),
        ("1.2.3.4", "1.2.3.4", true), ("1.2.3.4", "1.2.3.5", false),
        ("1.2.3.4/32", "1.2.3.4", true),
        ("1.2.3.4/31", "1.2.3.5", true), ("fc00::/7", "fdff::1", true),
        ("fc00::/7", "fe00::", false),
        ("2001:db8::/64", "2001:db8::1:0:0:0", true), ("2001:db8::/64", "2001:db8:0:1::", false),
        ("2001:db8::/65", "2001:db8::8000:0:0:0", false), ("::1/128", "::1", true),
        ("::1/128", "::2", false), ("::2/127", "::3", true),
    ])
    func `a block holds the addresses with its prefix`(
        block: String, text: String, isInside: Bool
    ) throws {
        let block = try #require(AddressBlock(block.utf8))
        #expect(try block.contains(address(text)) == isInside)
    }

    @Test(arguments: [
        "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0/8",
        "::/129", "::/1000", "::/ 8", "10.0.0.0/a", "all",
    ])
    func `anything else is no block`(text: String) {
        #expect(AddressBlock(text.utf8) == nil)
    }

    @Test(arguments: [
        ("10.1.2.3/8", "10.0.0.0/8"), ("1.2.3.4/32", "1.2.3.4"), ("::1", "::1"), ("::/0", "::/0"),
        ("0.0.0.0/0", "0.0.0.0/0"), ("FC00::1/7", "fc00::/7"), ("2001:db8::/65", "2001:db8::/65"),
    ])
    func `a block describes itself by its first address`(text: String, written: String) {
        #expect(AddressBlock(text.utf8)?.description == written)
    }
}
