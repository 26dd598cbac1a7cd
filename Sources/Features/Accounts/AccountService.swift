package import Reactor
package import Secrets

/// What accounts need of the worker that answers for them.
@EventLoop package final class AccountService {
    package let hasher: PasswordHasher
    let tokens: TokenAuthority<AccessClaims>

    let limits: AttemptLimits

    package nonisolated init(
        _ keys: SigningKeys, hasher: PasswordHasher = PasswordHasher(),
        limits: AttemptLimits = AttemptLimits()
    ) {
        (self.hasher, self.limits) = (hasher, limits)
        tokens = .ofAccess(keys)
    }
}
