/// The limits as this machine counts them by itself.
package struct LocalRates: Sendable {
    private let table: RateTable

    package init(_ table: RateTable) { self.table = table }

    /// Uses all that the charges say, or nothing; returns which of them does not fit. Each learns
    /// what is owed of its limit.
    package func take(
        _ charges: inout [RateCharge], from first: Int = 0, at now: UInt64,
        onForgotten: () -> Void
    ) -> Int? {
        for index in charges.indices.dropFirst(first) {
            guard !take(&charges[index], at: now, onForgotten: onForgotten) else { continue }
            for earlier in first..<index { giveBack(&charges[earlier]) }
            return index
        }
        return nil
    }

    /// Uses what one charge says, and returns whether it fits.
    package func take(
        _ charge: inout RateCharge, at now: UInt64, onForgotten: () -> Void
    ) -> Bool {
        switch table.take(charge, at: now, onForgotten: onForgotten) {
        case .taken(let debt): charge.debt = debt
        case .refused(let debt):
            charge.debt = debt
            return false
        }
        return true
    }

    /// Learns what is owed, and uses nothing.
    package func read(_ charge: inout RateCharge, at now: UInt64) {
        charge.debt = table.debt(of: charge, at: now)
    }

    package func giveBack(_ charge: inout RateCharge) {
        table.giveBack(charge)
        charge.debt -= min(charge.debt, charge.amount)
    }
}
