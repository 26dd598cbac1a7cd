import Bytes
import Glibc
import Reactor

/// The start of every head: the status line and the `Date` line, which is written anew each second.
@EventLoop final class HeadStart {
    /// Both lines of an answer with the usual status: one copy, and most heads have begun.
    @exclusivity(unchecked) private var usual = ByteBuffer()
    private var statusLineBytes = 0
    private var second = UInt64.max

    func append(_ status: Status, to output: inout ByteBuffer) {
        let now = EventLoop.nowMilliseconds / 1_000
        if now != second { renew(now) }
        if status == .ok { return usual.withUnsafeBytes { output.append($0) } }
        Self.append(statusLine: status, to: &output)
        usual.withUnsafeBytes { output.append($0.part(statusLineBytes..<$0.count)) }
    }

    private func renew(_ now: UInt64) {
        second = now
        usual.removeAll()
        Self.append(statusLine: .ok, to: &usual)
        statusLineBytes = usual.count
        usual.append("Date: ")
        HTTPDate(secondsSinceEpoch: Int64(time(nil))).write(to: &usual)
        usual.append("\r\n")
    }

    private static func append(statusLine status: Status, to output: inout ByteBuffer) {
        output.append("HTTP/1.1 ")
        output.append(decimal: status.rawValue)
        output.append(" ")
        output.append(status.reason)
        output.append("\r\n")
    }
}
