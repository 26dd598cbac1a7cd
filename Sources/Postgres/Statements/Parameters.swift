/// The values bound to one statement, in the form the wire wants them.
struct Parameters: Sendable {
    struct Entry: Sendable {
        let type: OID
        let offset: Int
        /// -1 is NULL.
        let length: Int
        let isBinary: Bool
    }

    private(set) var entries: [Entry] = []
    private(set) var bytes = ParameterBytes()

    var types: [OID] { entries.map(\.type) }

    mutating func reserve(_ count: Int) {
        guard count > 0 else { return }
        entries.reserveCapacity(count)
        bytes.reserve(16 * count)
    }

    mutating func append<Value: PostgresEncodable>(_ value: Value) {
        let offset = bytes.count
        let isNull = !value.encode(into: &bytes)
        entries.append(
            Entry(
                type: Value.postgresType, offset: offset,
                length: isNull ? -1 : bytes.count - offset, isBinary: Value.isBinary))
        // A text value has to end with a zero; libpq reads binary ones by their length.
        bytes.append(UInt8(0))
    }

    mutating func append(_ others: Parameters) {
        let start = bytes.count
        for entry in others.entries {
            entries.append(
                Entry(
                    type: entry.type, offset: start + entry.offset, length: entry.length,
                    isBinary: entry.isBinary))
        }
        others.bytes.withUnsafeBytes { bytes.append($0) }
    }

    /// Calls `body` with the four lists that libpq takes.
    func withPointers<Result>(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        let count = entries.count
        guard count > 0 else { return body(0, nil, nil, nil) }
        return bytes.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) {
                values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { numbers in
                    for (index, entry) in entries.enumerated() {
                        let start = bytes.baseAddress.map { $0 + entry.offset }
                        values[index] =
                            entry.length < 0 ? nil : start?.assumingMemoryBound(to: CChar.self)
                        numbers[index] = Int32(max(entry.length, 0))
                        numbers[count + index] = entry.isBinary ? 1 : 0
                    }
                    let lengths = numbers.baseAddress.map { UnsafePointer($0) }
                    return body(
                        Int32(count), values.baseAddress.map { UnsafePointer($0) }, lengths,
                        lengths.map { $0 + count })
                }
            }
        }
    }
}

/// Where values write themselves, highest byte first.
package struct ParameterBytes: Sendable {
    private var bytes: [UInt8] = []

    var count: Int { bytes.count }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    mutating func append(integer: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends `count` bytes, which `write` fills.
    mutating func append(count: Int, _ write: (UnsafeMutableRawPointer) -> Void) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: count))
        bytes.withUnsafeMutableBytes { all in
            if let base = all.baseAddress { write(base + start) }
        }
    }

    /// Writes what `body` writes behind its length, or -1 when it says that it wrote NULL.
    mutating func appendCounted(_ body: (inout ParameterBytes) -> Bool) {
        let start = bytes.count
        append(integer: Int32(0))
        write(body(&self) ? Int32(bytes.count - start - 4) : -1, at: start)
    }

    /// Writes over what stands at `offset`.
    mutating func write(_ integer: some FixedWidthInteger, at offset: Int) {
        Swift.withUnsafeBytes(of: integer.bigEndian) { integer in
            for index in integer.indices { bytes[offset + index] = integer[index] }
        }
    }

    /// Gives all bytes away and starts anew, with as much room as before.
    mutating func take() -> [UInt8] {
        let taken = bytes
        bytes = []
        bytes.reserveCapacity(taken.capacity)
        return taken
    }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withUnsafeBytes(body)
    }
}
