import Database

extension Command {
    /// `marquee guarded`: becomes a program of PostgreSQL.
    static let guarded = Command(
        name: "guarded", summary: "Becomes a program that ends with its parent.",
        operands: ["PARENT", "USER", "GROUP", "PROGRAM…"], isHidden: true
    ) { GuardedProgram.become($0.parsed.operands) }
}
