/// Why a Redis has not answered.
package enum RedisError: Error, Equatable, CustomStringConvertible {
    /// It cannot be reached, or the connection has ended.
    case unreachable(String)
    /// It has answered with an error.
    case refused(String)
    case timedOut(milliseconds: UInt64)
    /// It was not asked, as it has not answered lately.
    case paused
    /// More calls wait than may.
    case overloaded(limit: Int)

    package var description: String {
        switch self {
        case .unreachable(let reason): reason
        case .refused(let message): message
        case .timedOut(let milliseconds): "no answer within \(milliseconds) ms"
        case .paused: "it has not answered lately"
        case .overloaded(let limit): "\(limit) calls wait for it"
        }
    }
}
