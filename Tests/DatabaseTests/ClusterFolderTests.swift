import Testing

@testable import Database

@Suite struct ClusterFolderTests {
    @Test func `the socket lies in the folder`() {
        let folder = ClusterFolder(path: "/srv/films/.marquee/postgres")
        #expect(folder.socketFolder == folder.path)
        #expect(folder.parent == "/srv/films/.marquee")
        #expect(
            folder.connectionURL
                == "postgres://marquee@/marquee?host=/srv/films/.marquee/postgres")
    }

    @Test func `a socket whose path would be too long lies under a short one`() {
        let long = ClusterFolder(path: "/" + String(repeating: "f", count: 93))
        let longest = ClusterFolder(path: "/" + String(repeating: "f", count: 92))
        #expect(long.socketFolder.hasPrefix("/tmp/marquee-"))
        #expect(long.socketFolder.count < 40)
        #expect(longest.socketFolder == longest.path)
        let other = ClusterFolder(path: long.path + "f")
        #expect(other.socketFolder != long.socketFolder)
    }

    @Test(arguments: ["/a b/pg", "/it's/pg", "/a,b/pg", "/\"/pg", "/Ufa\u{308}/pg"])
    func `so does one whose path would need quoting`(_ path: String) {
        #expect(ClusterFolder(path: path).socketFolder.hasPrefix("/tmp/marquee-"))
    }

    @Test func `the URL spells what is special in it`() {
        #expect(
            ClusterFolder(path: "/a&b+c%/pg").connectionURL
                == "postgres://marquee@/marquee?host=/a%26b%2Bc%25/pg")
    }

    @Test func `what was confirmed is on the disk and nothing comes by the network`() {
        let text = ClusterConfiguration(
            socketFolder: "/f", connections: 100, memoryBytes: 1 << 30
        ).text
        for line in ["fsync = on", "full_page_writes = on", "listen_addresses = ''"] {
            #expect(text.contains("\n\(line)\n"))
        }
    }

    @Test(arguments: [
        (UInt64(256), 32, 128, 16), (4_096, 512, 2_048, 128), (262_144, 1_024, 131_072, 256),
    ])
    func `memory is taken by what there is`(
        _ megabytes: UInt64, _ buffers: Int, _ cache: Int, _ maintenance: Int
    ) {
        let text = ClusterConfiguration(
            socketFolder: "/f", connections: 100, memoryBytes: megabytes << 20
        ).text
        #expect(text.contains("\nshared_buffers = \(buffers)MB\n"))
        #expect(text.contains("\neffective_cache_size = \(cache)MB\n"))
        #expect(text.contains("\nmaintenance_work_mem = \(maintenance)MB\n"))
    }
}
