import CPostgres

extension ServerError {
    /// Nil for what libpq itself found out: the connection is lost.
    init?(_ result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue else { return nil }
            return PQresultErrorField(result, Int32(ascii)).map { String(cString: $0) }
        }
        // The letters are PG_DIAG_… of postgres_ext.h, which are character literals there.
        guard let code = field("C") else { return nil }
        state = SQLState(code)
        message = field("M") ?? String(cString: PQresultErrorMessage(result))
        detail = field("D")
        constraint = field("n")
        table = field("t")
        column = field("c")
        position = field("P").flatMap { Int($0) }
    }
}
