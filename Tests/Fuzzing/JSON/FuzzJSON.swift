import Bytes
import JSON

/// Parses `source` with usual and with narrow limits. What is accepted is walked, read in every
/// way, copied and parsed again, and has to mean the same; traps where it does not.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ source: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = [UInt8](UnsafeBufferPointer(start: source, count: count))
    do throws(JSONError) {
        let document = try JSONDocument.parse(source)
        checkRecords(of: document)
        checkCopy(of: document.root)
    } catch {
        checkPlace(of: error, in: source)
    }
    checkLimits(source)
    return 0
}

/// Every value lies in the one around it, and behind the one before it.
private func checkRecords(of document: JSONDocument) {
    let records = document.records
    precondition(Int(records[0].next) == records.count, "records behind the root's end")
    var open: [JSONRecord] = []
    var position = 0
    for (index, record) in records.enumerated() {
        while let last = open.last, Int(last.next) <= index { open.removeLast() }
        precondition(index < Int(record.next) && record.start < record.end)
        precondition(position <= Int(record.start), "a value begins in the one before")
        if let around = open.last {
            precondition(record.next <= around.next && record.end < around.end)
        }
        let isContainer = record.form == .array || record.form == .object
        position = isContainer ? Int(record.start) : Int(record.end)
        open.append(record)
    }
}

private func checkCopy(of value: JSONValue) {
    let copy = copied(value)
    do throws(JSONError) {
        let again = try JSONDocument.parse(copy).root
        precondition(meaning(of: again) == meaning(of: value), "the copy means something else")
        precondition(copied(again) == copy, "the copy's copy differs")
    } catch {
        preconditionFailure("what was copied is refused: \(error)")
    }
}

private func copied(_ value: JSONValue) -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.append(json: value)
    return buffer.array()
}

/// What a value says, without where it says it. Each member is also looked up.
private func meaning(of value: JSONValue) -> [String] {
    switch value.form {
    case .null: return ["null"]
    case .boolean: return [value.booleanValue == true ? "true" : "false"]
    case .number: return [number(value)]
    case .string: return ["'" + (value.stringValue ?? "") + "'"]
    case .array: return ["["] + value.elements.flatMap(meaning) + ["]"]
    case .object:
        return ["{"]
            + value.members.flatMap { key, member in
                let found = key.withStringBytes { value[$0] }
                precondition(found.map { $0.index >= member.index } == true, "a lost member")
                return meaning(of: key) + meaning(of: member)
            } + ["}"]
    }
}

/// A number's text; its numbers agree with each other and are written so that they come back.
private func number(_ value: JSONValue) -> String {
    guard let number = value.number else { preconditionFailure("a number is none") }
    let double = number.double
    if let integer = number.int64 {
        precondition(Double(integer) == double, "\(number.text) is two numbers")
    } else {
        precondition(
            double.rounded() != double || double == 0 || double.magnitude >= 0x1p62
                || number.text.count > 17,
            "\(number.text) is no integer")
    }
    if double.isFinite {
        var buffer = ByteBuffer()
        buffer.append(json: double)
        precondition(Double(String(decoding: buffer.array(), as: UTF8.self)) == double)
    }
    return number.text
}

private func checkPlace(of error: JSONError, in source: [UInt8]) {
    precondition(0...source.count ~= error.offset, "an error outside of the text")
}

private func checkLimits(_ source: [UInt8]) {
    var limits = JSONLimits()
    limits.maximumBytes = 200
    limits.maximumDepth = 3
    limits.maximumValues = 10
    do throws(JSONError) {
        let document = try JSONDocument.parse(source, limits: limits)
        precondition(document.records.count <= 2 * limits.maximumValues)
    } catch {
        checkPlace(of: error, in: source)
    }
}
