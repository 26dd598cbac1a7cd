/// What turns a mistake into a crash, or hides it.

let forcedTryRule = word("try!", "forced try", "throw, or say why it cannot fail")
let forcedCastRule = word("as!", "forced cast", "cast with as? and handle nil")
let uncheckedRule = word("@unchecked", "unchecked Sendable", "prove it, or give it one owner")

private func word(_ text: String, _ rule: String, _ advice: String) -> Rule {
    Rule(name: rule) { file in
        guard file.isSwift else { return [] }
        let keyword = text.hasSuffix("!") ? String(text.dropLast()) : text
        return file.code.offsets(ofWord: keyword).compactMap { offset in
            guard file.code[offset...].starts(with: text.utf8) else { return nil }
            return file.finding(rule, at: offset, "\(text): \(advice)")
        }
    }
}

/// An exclamation mark directly behind a value or a type, unless it begins `!=`.
let forcedUnwrapRule = Rule(name: "forced unwrap") { file in
    guard file.isSwift else { return [] }
    let code = file.code
    return code.offsets(of: "!").compactMap { offset in
        guard offset > 0 else { return nil }
        let before = code[offset - 1]
        guard code.isWordByte(at: offset - 1) || ")]}?\"`>".utf8.contains(before) else {
            return nil
        }
        if offset + 1 < code.count, code[offset + 1] == ascii("=") { return nil }
        if endsWithKeyword(code[..<offset]) { return nil }
        return file.finding("forced unwrap", at: offset, "unwrap with guard let or if let")
    }
}

private func endsWithKeyword(_ code: ArraySlice<UInt8>) -> Bool {
    let start = code.lastIndex { ($0 | 0x20) &- 0x61 >= 26 }.map { $0 + 1 } ?? code.startIndex
    let word = code[start...]
    return word.elementsEqual("try".utf8) || word.elementsEqual("as".utf8)
}

let emptyCatchRule = Rule(name: "empty catch") { file in
    guard file.isSwift else { return [] }
    let code = file.code
    return code.offsets(ofWord: "catch").compactMap { offset in
        guard let open = code[offset...].firstIndex(of: ascii("{")) else { return nil }
        let next = code.skippingSpaces(from: open + 1)
        guard next < code.count, code[next] == ascii("}") else { return nil }
        return file.finding("empty catch", at: offset, "an error ends here and nobody hears of it")
    }
}

let foundationRule = Rule(name: "Foundation") { file in
    guard file.isSwift, file.isSource else { return [] }
    return file.imports.filter { $0.module.hasPrefix("Foundation") }.map {
        file.finding(
            "Foundation", at: $0.offset, "\($0.module) is big and slow: use Glibc or Bytes")
    }
}
