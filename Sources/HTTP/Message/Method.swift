/// The request methods this server knows (RFC 9110 section 9, and PATCH of RFC 5789).
package enum Method: UInt8, CaseIterable, Sendable {
    case get, head, post, put, patch, delete, options, trace, connect

    package var name: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        }
    }

    /// Whether the method only reads, so that its requests may run side by side.
    package var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace: true
        case .post, .put, .patch, .delete, .connect: false
        }
    }
}

extension Method {
    /// The method with exactly this name; the case counts.
    init?(_ name: UnsafeRawBufferPointer) {
        switch name.count {
        case 3: self.init(name, among: .get, .put)
        case 4: self.init(name, among: .post, .head)
        case 5: self.init(name, among: .patch, .trace)
        case 6: self.init(name, among: .delete, .delete)
        case 7: self.init(name, among: .options, .connect)
        default: return nil
        }
    }

    @inline(__always)
    private init?(_ name: UnsafeRawBufferPointer, among first: Method, _ second: Method) {
        if name.equals(first.name) {
            self = first
        } else if name.equals(second.name) {
            self = second
        } else {
            return nil
        }
    }
}
