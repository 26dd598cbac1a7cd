import Bytes
package import GraphQLExecution
import Reactor
import Telemetry

/// A moment.
package struct DateTime: Hashable, Sendable {
    /// After 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    /// Those after 1970-01-01T00:00:00Z that are in the years from 1 to 9999.
    static let writableSeconds = -62_135_596_800..<253_402_300_800

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
}

extension DateTime: OutputScalar {
    @EventLoop package func write(into response: inout ResponseWriter) {
        response.appendPlain { Timestamps.append(utc: milliseconds, to: &$0) }
    }
}
