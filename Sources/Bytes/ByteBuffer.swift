public import Glibc

/// A growable run of bytes with one owner: what parsers fill and sockets drain.
///
/// Appending is amortised O(1); taking from the front is O(1) and frees nothing until the buffer
/// is empty or has to grow.
///
/// It may be sent to another thread: it is the only holder of its memory and cannot be copied, so
/// whoever has it is alone with the pointer. That is what `nonisolated(unsafe)` vouches for.
public struct ByteBuffer: ~Copyable, Sendable {
    @usableFromInline nonisolated(unsafe) var storage: UnsafeMutableRawPointer?
    @usableFromInline var start = 0
    @usableFromInline var end = 0
    public private(set) var capacity: Int

    public init(capacity: Int = 0) {
        self.capacity = capacity
        storage = capacity > 0 ? malloc(capacity) : nil
        precondition(capacity == 0 || storage != nil, "out of memory")
    }

    deinit { free(storage) }

    @inlinable public var count: Int { end - start }
    @inlinable public var isEmpty: Bool { start == end }

    /// The bytes now held. The pointer is good only inside `body`.
    @inlinable public borrowing func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: storage.map { $0 + start }, count: count))
    }

    /// Makes room for `more` bytes behind the last and returns where they go.
    @inlinable public mutating func reserve(_ more: Int) -> UnsafeMutableRawPointer {
        if let storage, end + more <= capacity { return storage + end }
        return grow(by: more)
    }

    /// Says that `more` bytes behind the last have been written.
    @inlinable public mutating func commit(_ more: Int) {
        end += more
        assert(end <= capacity, "more bytes committed than reserved")
    }

    @usableFromInline mutating func grow(by more: Int) -> UnsafeMutableRawPointer {
        let held = count
        // A quarter more than is held: else a full buffer that gives and takes a few bytes at a
        // time would be copied as a whole again and again.
        let wanted = max(256, (held + held / 4 + more).nextPowerOfTwo)
        // The system moves the pages of a large buffer instead of its bytes.
        let isMovable = start == 0
        guard let room = isMovable ? realloc(storage, wanted) : malloc(wanted) else {
            preconditionFailure("out of memory")
        }
        if !isMovable, let storage {
            memcpy(room, storage + start, held)
            free(storage)
        }
        (storage, start, end, capacity) = (room, 0, held, wanted)
        return room + held
    }

    /// Takes `count` bytes from the front.
    @inlinable public mutating func removeFirst(_ count: Int) {
        precondition(count <= self.count, "more bytes removed than held")
        start += count
        if start == end { (start, end) = (0, 0) }
    }

    /// Takes back what was appended behind the first `count` bytes.
    @inlinable public mutating func truncate(to count: Int) {
        precondition(0 <= count && count <= self.count, "a buffer cannot be truncated to more")
        end = start + count
    }

    @inlinable public mutating func removeAll() { (start, end) = (0, 0) }

    /// Empties the buffer and gives its memory back.
    public mutating func release() {
        free(storage)
        (storage, start, end, capacity) = (nil, 0, 0, 0)
    }

    /// A copy of what is held.
    public borrowing func array() -> [UInt8] { withUnsafeBytes { [UInt8]($0) } }
}

extension ByteBuffer {
    @inlinable public mutating func append(_ byte: UInt8) {
        reserve(1).storeBytes(of: byte, as: UInt8.self)
        commit(1)
    }

    @inlinable @inline(__always) public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return }
        memcpy(reserve(bytes.count), base, bytes.count)
        commit(bytes.count)
    }

    /// Appends what is mostly not longer than 32 bytes, and behind which 32 more bytes may be read.
    @inlinable @inline(__always)
    public mutating func append(short bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count <= 32, let base = bytes.baseAddress else {
            return append(UnsafeRawBufferPointer(bytes))
        }
        let room = reserve(32)
        let source = UnsafeRawPointer(base)
        for place in stride(from: 0, to: 32, by: 8) {
            room.storeBytes(
                of: source.loadUnaligned(fromByteOffset: place, as: UInt64.self),
                toByteOffset: place, as: UInt64.self)
        }
        commit(bytes.count)
    }

    @inlinable public mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inlinable public mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    @inlinable public mutating func append(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { append($0) }
    }

    // Disfavoured, so that literals are static strings: those are appended by a single copy.
    @_disfavoredOverload public mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    @_disfavoredOverload public mutating func append(_ text: Substring) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Appends `number` in decimal digits.
    @inlinable public mutating func append(decimal number: some BinaryInteger) {
        append(decimalDigitsOf: UInt64(number.magnitude), isNegative: number < 0)
    }

    /// Appends a number given as its magnitude and sign.
    public mutating func append(decimalDigitsOf magnitude: UInt64, isNegative: Bool) {
        if isNegative { append(UInt8(ascii: "-")) }
        var (digits, bound) = (1, 10 as UInt64)
        while magnitude >= bound, digits < 20 {
            digits += 1
            bound = digits < 20 ? bound * 10 : .max
        }
        let room = reserve(digits)
        var (rest, end) = (magnitude, digits)
        while end > 1 {
            end -= 2
            let pair = UInt16(decimalDigitsOf: Int(rest % 100))
            room.storeBytes(of: pair, toByteOffset: end, as: UInt16.self)
            rest /= 100
        }
        if end == 1 {
            room.storeBytes(
                of: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest), as: UInt8.self)
        }
        commit(digits)
    }

    /// Appends a finite `number` rounded to `digits` (at most nine) places behind the point.
    /// Numbers too large for that keep their shortest form, such as `1e+300`.
    public mutating func append(decimal number: Double, digits: Int) {
        precondition(number.isFinite, "only finite numbers have decimal digits")
        precondition(0 <= digits && digits <= 9, "zero to nine places behind the point")
        let scale = (0..<digits).reduce(1) { power, _ in power * 10 }
        let scaled = (number * Double(scale)).rounded()
        guard scaled.magnitude < 0x1p53 else { return append(number.description) }
        let whole = UInt64(scaled.magnitude).quotientAndRemainder(dividingBy: UInt64(scale))
        append(decimalDigitsOf: whole.quotient, isNegative: scaled < 0)
        guard digits > 0 else { return }
        append(UInt8(ascii: "."))
        append(decimal: Int(whole.remainder), width: digits)
    }

    /// Appends `number` with leading zeros up to `width` digits; a wider number is cut in front.
    public mutating func append(decimal number: Int, width: Int) {
        let room = reserve(width)
        var (rest, end) = (number, width)
        while end > 1 {
            end -= 2
            let pair = UInt16(decimalDigitsOf: rest % 100)
            room.storeBytes(of: pair, toByteOffset: end, as: UInt16.self)
            rest /= 100
        }
        if end == 1 { room.storeBytes(of: UInt8(ascii: "0") + UInt8(rest % 10), as: UInt8.self) }
        commit(width)
    }

    /// Appends `number` as sixteen lower-case hexadecimal digits.
    public mutating func append(hexadecimal number: UInt64) {
        let room = reserve(16)
        let (high, low) = (number >> 32, number & 0xFFFF_FFFF)
        room.storeBytes(of: UInt64(hexadecimalDigitsOf: UInt32(high)), as: UInt64.self)
        room.storeBytes(
            of: UInt64(hexadecimalDigitsOf: UInt32(low)), toByteOffset: 8, as: UInt64.self)
        commit(16)
    }
}

extension Int {
    var nextPowerOfTwo: Int {
        self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
    }
}
