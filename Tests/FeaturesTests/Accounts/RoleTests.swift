import GraphQLExecution
import GraphQLTypes
import Reactor
import TestSupport
import Testing

@testable import Features

/// Who has a role that `@auth` demands.
@Suite struct RoleTests {
    private static func claims(isAdmin: Bool) -> Credential {
        .token(
            AccessClaims(
                account: 1, accountVersion: 0, session: 1, sessionVersion: 0, isAdmin: isAdmin))
    }

    @Test(arguments: [
        ("USER", false, nil), ("USER", true, nil), ("ADMIN", false, "FORBIDDEN"),
        ("ADMIN", true, nil), ("EDITOR", false, "FORBIDDEN"), ("", false, "FORBIDDEN"),
    ])
    func `whoever has it is let in, and a role that is none is not everybody's`(
        role: String, isAdmin: Bool, code: String?
    ) async throws {
        let rule = AccessRule(role: role)
        try await onLoop {
            let access = Access(Caller(Self.claims(isAdmin: isAdmin)), demanding: [rule])
            #expect(access.refusal(of: rule)?.code?.rawValue == code)
        }
    }
}
