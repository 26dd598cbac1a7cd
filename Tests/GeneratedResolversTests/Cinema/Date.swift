import GraphQLExecution
import GraphQLTypes
import Reactor

/// A custom scalar.
struct Date: OutputScalar, InputScalar, Sendable {
    let year: Int

    init(year: Int) { self.year = year }

    init(input: InputValue) throws(GraphQLError) { year = try Int(input: input) }

    @EventLoop func write(into response: inout ResponseWriter) { response.append("\(year)") }
}
