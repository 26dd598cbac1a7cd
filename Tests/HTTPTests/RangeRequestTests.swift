import HTTP
import Testing

private func ranges(_ value: String, length: Int = 100) -> RangeRequest {
    RangeRequest(ArraySlice(value.utf8), length: length)
}

@Suite struct RangeRequestTests {
    @Test(arguments: [
        ("bytes=0-0", [0..<1]), ("bytes=0-99", [0..<100]), ("bytes=10-", [10..<100]),
        ("bytes=99-", [99..<100]), ("bytes=-1", [99..<100]), ("bytes=-100", [0..<100]),
        ("bytes=-101", [0..<100]), ("bytes=0-100", [0..<100]), ("bytes=5-1000", [5..<100]),
        ("bytes=0-99999999999999999999999999", [0..<100]),
        ("bytes=-99999999999999999999999999", [0..<100]),
        ("bytes=0-18446744073709551616", [0..<100]), ("bytes=0-9223372036854775807", [0..<100]),
        ("Bytes=1-1", [1..<2]), ("bytes= 1-1 ,\t3-3", [1..<2, 3..<4]), ("bytes=,1-1,,", [1..<2]),
        ("bytes=50-59,0-9", [50..<60, 0..<10]), ("bytes=0-9,10-19", [0..<10, 10..<20]),
        ("bytes=0-9,200-300", [0..<10]), ("bytes=-0,5-5", [5..<6]), ("bytes=007-008", [7..<9]),
    ])
    func `ranges are cut to the length`(value: String, expected: [Range<Int>]) {
        #expect(ranges(value) == .satisfiable(expected))
    }

    @Test(arguments: [
        "", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=a-b", "bytes=1", "bytes=2-1",
        "bytes=200-199", "bytes=1-2-3", "bytes=--1", "bytes=+1-2", "bytes=1- 2", "bytes=1 -2",
        "bytes =1-2", " bytes=1-2", "bytes:1-2", "items=1-2", "bytes=0x1-2", "bytes=1-2;3-4",
        "bytes=0-9,x", "bytes=x,0-9", "bytes=0-9,5-14", "bytes=0-9,0-9", "bytes=-1,-1",
        "bytes=0-,-1", "bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8",
    ])
    func `what is malformed, overlaps or is too much is ignored`(value: String) {
        #expect(ranges(value) == .ignored)
    }

    @Test func `as many ranges as the limit are good`() {
        let all = (0..<RangeRequest.maximumRanges).map { "\($0)-\($0)" }.joined(separator: ",")
        let expected = (0..<RangeRequest.maximumRanges).map { $0..<$0 + 1 }
        #expect(ranges("bytes=" + all) == .satisfiable(expected))
    }

    @Test(arguments: [
        "bytes=100-", "bytes=100-100", "bytes=-0", "bytes=100-,200-", "bytes=-00,100-",
        "bytes=9223372036854775807-", "bytes=99999999999999999999-", "bytes=18446744073709551616-",
        "bytes=99999999999999999999-99999999999999999999",
    ])
    func `ranges that all begin behind the end cannot be satisfied`(value: String) {
        #expect(ranges(value) == .unsatisfiable)
    }

    @Test func `nothing at all has only a suffix, which is the whole`() {
        #expect(ranges("bytes=-5", length: 0) == .ignored)
        #expect(ranges("bytes=0-,-5", length: 0) == .ignored)
        #expect(ranges("bytes=-0", length: 0) == .unsatisfiable)
        #expect(ranges("bytes=0-", length: 0) == .unsatisfiable)
        #expect(ranges("bytes=0-0", length: 0) == .unsatisfiable)
    }
}
