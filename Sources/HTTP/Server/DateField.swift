import Bytes
import Glibc
import Reactor

/// The `Date` line, written anew once a second.
@EventLoop final class DateField {
    private var line: [UInt8] = []
    private var turn = UInt64.max

    func append(to output: inout ByteBuffer) {
        let second = EventLoop.nowMilliseconds / 1_000
        if second != turn {
            turn = second
            line = [UInt8]("Date: \(HTTPDate(secondsSinceEpoch: Int64(time(nil))).text)\r\n".utf8)
        }
        output.append(line)
    }
}
