import Bytes
import HTTP

extension RequestHead {
    /// Refuses a body that is anything else than JSON in UTF-8, or that is encoded.
    ///
    /// A web page can make a browser send other types to a foreign server without asking there
    /// first, and none here can be taken for JSON: that keeps such requests from being forged.
    func checkContent() throws(Refusal) {
        try checkEncoding()
        guard let type = value(of: "content-type") else {
            throw .mediaType("The body has no type; send Content-Type: application/json.")
        }
        // What most clients send needs no list.
        if type.elementsEqual("application/json".utf8) { return }
        let members = QualityList(type).members
        guard members.count == 1, members[0].name.equalsIgnoringCase("application/json") else {
            throw .mediaType("Bodies are application/json only; say so in Content-Type.")
        }
        guard members[0].allowsUTF8 else {
            throw .mediaType("Bodies are in UTF-8 only; say so in the charset, or leave it out.")
        }
    }

    private func checkEncoding() throws(Refusal) {
        for encoding in values(of: "content-encoding")
        where !encoding.equalsIgnoringCase("identity") {
            throw .mediaType("Bodies are taken as they are only; send none with Content-Encoding.")
        }
    }
}
