/// Why a token is not accepted. For logs and tests: whoever sent it is told only that it is not.
package enum TokenFault: Error, Sendable, Equatable {
    // Before anything is believed.
    case tooLong
    case notCompact
    case faultyHeader
    case criticalHeader
    case foreignType
    case unknownKey
    case foreignAlgorithm
    case wrongSignature
    // Signed by one of the keys.
    case faultyClaims
    case foreignIssuer
    case foreignAudience
    case expired
    case notYetValid
    case issuedInFuture
}
