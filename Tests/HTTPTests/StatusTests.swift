import HTTP
import Testing

@Suite struct StatusTests {
    @Test(
        arguments: [
            (Status.continue, 100, "Continue"), (.ok, 200, "OK"),
            (.permanentRedirect, 308, "Permanent Redirect"), (.badRequest, 400, "Bad Request"),
            (.checksumMismatch, 460, "Checksum Mismatch"),
            (.clientClosedRequest, 499, "Client Closed Request"),
            (.headersTooLarge, 431, "Request Header Fields Too Large"),
            (.internalServerError, 500, "Internal Server Error"),
            (.versionNotSupported, 505, "HTTP Version Not Supported"),
            (Status(rawValue: 299), 299, "Unknown"), (Status(rawValue: 499 + 60), 559, "Unknown"),
        ] as [(Status, UInt16, String)])
    func `a status has a number and a reason`(status: Status, code: UInt16, reason: String) {
        #expect(status.rawValue == code)
        #expect("\(status.reason)" == reason)
    }

    @Test func `some statuses never have a body`() {
        let without = [Status.continue, .switchingProtocols, .noContent, .notModified]
        #expect(without.allSatisfy { $0.forbidsBody })
        #expect(![Status.ok, .partialContent, .badRequest].contains { $0.forbidsBody })
    }
}
