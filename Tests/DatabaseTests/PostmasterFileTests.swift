import Testing

@testable import Database

@Suite struct PostmasterFileTests {
    private static let head = "4711\n/f/data\n1700000000\n5432\n/f\n\n 1234 5678\n"

    @Test func `a cluster that says so is ready`() {
        #expect(PostmasterFile(Self.head + "ready   \n")?.isReady == true)
        #expect(PostmasterFile(Self.head + "ready   \n")?.process == 4711)
    }

    @Test(arguments: [head + "starting\n", head + "stopping\n", head, "4711\n", "4711"])
    func `any other is not`(_ text: String) {
        #expect(PostmasterFile(text)?.isReady == false)
    }

    @Test(arguments: ["", "\n", "-4711\n", "0\n", "many\n"])
    func `what names no process is no such file`(_ text: String) {
        #expect(PostmasterFile(text) == nil)
    }
}
