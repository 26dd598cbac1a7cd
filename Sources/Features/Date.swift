import Bytes
import GraphQLExecution
import Postgres
import Reactor
import Telemetry

/// A day.
struct Date: Hashable, Sendable {
    let day: CalendarDate

    var year: Int { Timestamps.date(ofDay: Int(day.days)).year }
}

extension Date: OutputScalar {
    @EventLoop func write(into response: inout ResponseWriter) {
        response.appendPlain { Timestamps.append(day: Int(day.days), to: &$0) }
    }
}

extension DateTime {
    init(_ timestamp: Timestamp) {
        self.init(milliseconds: timestamp.microseconds.floorDivided(by: 1_000))
    }
}
