import Bytes
import Reactor
import Testing

@Suite struct PeerAddressTests {
    @Test(arguments: [("10.1.2.3", "10.1.2.3:80"), ("2001:db8::1", "[2001:db8::1]:80")])
    func `a peer is described by address and port`(ip: String, expected: String) throws {
        let ip = try #require(IPAddress(ip.utf8))
        #expect(PeerAddress(ip, port: 80).description == expected)
    }
}
