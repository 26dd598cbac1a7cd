/// One SQL statement and the values bound to it, written as a string:
///
///     let rows = try await connection.run("SELECT title FROM movie WHERE id = \(id)")
///
/// An interpolated value never becomes part of the text: it is sent beside it, in binary. The
/// text is prepared once for each connection. `\(unescaped:)` alone puts text into the SQL; such
/// a statement is not prepared, as its texts could be without number.
package struct Statement: Sendable, ExpressibleByStringInterpolation {
    var pieces: [Piece]
    var parameters: Parameters

    enum Piece: Hashable, Sendable {
        /// Program text, which stays where it is: the address is enough to know it again.
        case fixed(address: UInt, length: Int)
        case parameter(OID)
        case unescaped(String)
    }

    package init(stringLiteral value: StaticString) {
        pieces = [Piece(value)]
        parameters = Parameters()
    }

    package init(stringInterpolation: Interpolation) {
        pieces = stringInterpolation.pieces
        parameters = stringInterpolation.parameters
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var pieces: [Piece] = []
        fileprivate var parameters = Parameters()

        package init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(2 * interpolationCount + 1)
            parameters.reserve(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            if literal.utf8CodeUnitCount > 0 { pieces.append(Piece(literal)) }
        }

        /// Binds `value`; nil becomes NULL.
        package mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            parameters.append(value)
            pieces.append(.parameter(Value.postgresType))
        }

        // By itself, so that the compiler takes no optional for a mistake.
        package mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value) {
            parameters.append(value)
            pieces.append(.parameter(Value.postgresType))
        }

        /// Puts in a part that is written elsewhere, with the values bound to it.
        package mutating func appendInterpolation(_ part: Statement) {
            pieces += part.pieces
            parameters.append(part.parameters)
        }

        /// Puts `text` into the SQL as it is. Never give it what a stranger wrote.
        package mutating func appendInterpolation(unescaped text: String) {
            pieces.append(.unescaped(text))
        }
    }

    var isPrepared: Bool {
        !pieces.contains { if case .unescaped = $0 { true } else { false } }
    }

    /// The SQL as the server gets it, with `$1` and so on for the values.
    package var text: String {
        var (text, count) = ("", 0)
        for piece in pieces {
            switch piece {
            case .fixed(let address, let length):
                let start = UnsafePointer<UInt8>(bitPattern: address)
                text += String(
                    decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
            case .parameter:
                count += 1
                text += "$\(count)"
            case .unescaped(let raw): text += raw
            }
        }
        return text
    }
}

extension Statement.Piece {
    fileprivate init(_ literal: StaticString) {
        self = .fixed(
            address: UInt(bitPattern: literal.utf8Start), length: literal.utf8CodeUnitCount)
    }
}
