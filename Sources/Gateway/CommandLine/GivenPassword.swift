import Reactor
import Secrets

/// A password made for somebody, who is told it once: only its hash is kept.
struct GivenPassword {
    let hash: PasswordHash
    private let text: String

    @EventLoop static func make() async throws -> GivenPassword {
        let (password, text) = Password.random()
        return GivenPassword(hash: try await PasswordHasher().hash(password), text: text)
    }

    /// How the admin is told.
    func announcement(toAdmin email: String) -> String {
        "The admin is \(email), with the password \(text): shown this once."
    }
}
