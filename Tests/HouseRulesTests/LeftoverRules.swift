/// What belongs to the work and not to the result.

/// The command line alone prints: that is its work.
let printRule = Rule(name: "leftover print") { file in
    guard file.isSwift, file.isSource, file.module != "marquee" else { return [] }
    return ["print", "debugPrint", "dump"].flatMap { function in
        file.code.offsets(ofWord: function).compactMap { offset in
            guard isCall(file.code, of: function, at: offset) else { return nil }
            return file.finding("leftover print", at: offset, "\(function)(…)")
        }
    }
}

/// A free function followed by its arguments: not a method, not a declaration.
private func isCall(_ code: [UInt8], of function: String, at offset: Int) -> Bool {
    let end = offset + function.utf8.count
    guard end < code.count, code[end] == ascii("(") else { return false }
    guard code.lastByte(before: offset) != ascii(".") else { return false }
    return !code[..<offset].suffix(5).elementsEqual("func ".utf8)
}

let openWorkRule = Rule(name: "open work") { file in
    guard !file.isMarkdown else { return [] }
    return ["TODO", "FIXME", "XXX", "HACK"].flatMap { word in
        let offsets = Set(file.comments.offsets(ofWord: word) + file.code.offsets(ofWord: word))
        return offsets.sorted().map {
            file.finding("open work", at: $0, "\(word): do it now, or leave it out")
        }
    }
}

let disabledTestRule = Rule(name: "disabled test") { file in
    guard file.isSwift, file.path.hasPrefix("Tests/") else { return [] }
    return [".disabled(", ".enabled(if: false", "withKnownIssue(", "withKnownIssue {", "XCTSkip"]
        .flatMap { form in
            file.code.offsets(of: form).map {
                file.finding("disabled test", at: $0, "\(form) skips what a test promises")
            }
        }
}

/// A test is named by a sentence: ``@Test func `an empty list has no first element`()``.
let testNameRule = Rule(name: "test name") { file in
    guard file.isSwift, file.path.hasPrefix("Tests/") else { return [] }
    return file.code.offsets(ofWord: "Test").compactMap { offset in
        guard offset > 0, file.code[offset - 1] == ascii("@") else { return nil }
        guard let function = file.code[offset...].firstRange(of: Array("func ".utf8)) else {
            return nil
        }
        let name = file.bytes[function.upperBound...].prefix { $0 != ascii("(") }
        guard !name.contains(space) else { return nil }
        let text = String(decoding: name, as: UTF8.self)
        return file.finding("test name", at: offset, "\(text) is no sentence between back-ticks")
    }
}

/// Folders that exist on one machine only. Written in pieces, since this file is checked as well.
private let machineFolders = ["work", "root", "home", "Users"].map { "/" + $0 + "/" }

let machinePathRule = Rule(name: "machine path") { file in
    machineFolders.flatMap { folder in
        file.bytes.offsets(of: folder).compactMap { offset in
            guard offset == 0 || !continuesPath(file.bytes, at: offset) else { return nil }
            return file.finding("machine path", at: offset, "\(folder) is not on every machine")
        }
    }
}

/// Whether the slash at `offset` goes on with a path that has begun before it.
private func continuesPath(_ bytes: [UInt8], at offset: Int) -> Bool {
    bytes.isWordByte(at: offset - 1) || ".-})*$".utf8.contains(bytes[offset - 1])
}
