/// A place in a source text, counted as GraphQL responses count: from 1, with columns in UTF-16
/// code units.
@frozen public struct SourceLocation: Hashable, Sendable {
    public let line: Int
    public let column: Int

    @inlinable public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// What is needed to find places in a source quickly, made once when several are asked for.
/// O(n) to make, O(log lines) to ask, however long the lines are.
public struct LineTable: Sendable {
    private let source: [UInt8]
    private let lineStarts: [Int]
    /// How many UTF-16 code units stand before each block of the source.
    private let unitsBeforeBlock: [Int]

    private static let blockBytes = 1024

    public init(source: [UInt8]) {
        self.source = source
        var starts = [0]
        for offset in source.indices where source.isLineEnd(at: offset) {
            starts.append(offset + 1)
        }
        lineStarts = starts
        var units = [0]
        for start in stride(from: 0, to: source.count, by: Self.blockBytes) {
            let end = min(start + Self.blockBytes, source.count)
            units.append(units[units.count - 1] + source[start..<end].utf16Length)
        }
        unitsBeforeBlock = units
    }

    /// The place of the byte at `offset`, which may be the end of the source.
    public func location(of offset: Int) -> SourceLocation {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let column = utf16Offset(of: offset) - utf16Offset(of: lineStarts[low]) + 1
        return SourceLocation(line: low + 1, column: column)
    }

    private func utf16Offset(of offset: Int) -> Int {
        let block = offset / Self.blockBytes
        return unitsBeforeBlock[block] + source[(block * Self.blockBytes)..<offset].utf16Length
    }
}

extension SourceLocation {
    /// The place of the byte at `offset` in `source`. O(offset).
    package init(of offset: Int, in source: UnsafeBufferPointer<UInt8>) {
        var line = 1
        var start = 0
        for position in 0..<offset where source.isLineEnd(at: position) {
            line += 1
            start = position + 1
        }
        self.init(line: line, column: source[start..<offset].utf16Length + 1)
    }
}

extension RandomAccessCollection<UInt8> where Index == Int {
    /// Whether a line ends with the byte at `offset`: a line feed, or a carriage return that no
    /// line feed follows.
    fileprivate func isLineEnd(at offset: Int) -> Bool {
        if self[offset] == UInt8(ascii: "\n") { return true }
        guard self[offset] == UInt8(ascii: "\r") else { return false }
        return offset + 1 == endIndex || self[offset + 1] != UInt8(ascii: "\n")
    }
}

extension Sequence<UInt8> {
    /// How many UTF-16 code units these UTF-8 bytes are.
    var utf16Length: Int {
        reduce(0) { length, byte in
            // Continuation bytes count nothing, the first of four bytes counts for a pair.
            length + (byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1)
        }
    }
}
