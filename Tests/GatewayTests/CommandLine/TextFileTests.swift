import Gateway
import Glibc
import Testing

@Suite struct TextFileTests {
    @Test func `a text of 1 MiB is read whole, a longer one is refused`() throws {
        let text = String(repeating: "é", count: 1 << 19)
        #expect(try read(Array(text.utf8)) == text)
        #expect(fault(of: Array(text.utf8) + [0x0A])?.reason == "more than 1 MiB")
    }

    @Test func `what is not UTF-8 is refused`() {
        #expect(fault(of: [0x41, 0xFF])?.reason == "not UTF-8 text")
    }

    @Test func `absence differs from other faults`() {
        #expect(fault(of: nil) == .init(isAbsence: true, reason: "No such file or directory"))
        do throws(TextFile.Fault) {
            _ = try TextFile.read("/")
            Issue.record("a folder was read")
        } catch {
            #expect(error == .init(isAbsence: false, reason: "Is a directory"))
        }
    }

    private func read(_ bytes: [UInt8]) throws(TextFile.Fault) -> String {
        let path = temporaryPath(holding: bytes)
        defer { unlink(path) }
        return try TextFile.read(path)
    }

    private func fault(of bytes: [UInt8]?) -> TextFile.Fault? {
        let path = temporaryPath(holding: bytes ?? [])
        if bytes == nil { unlink(path) }
        defer { unlink(path) }
        do throws(TextFile.Fault) {
            _ = try TextFile.read(path)
            return nil
        } catch {
            return error
        }
    }

    private func temporaryPath(holding bytes: [UInt8]) -> String {
        var template = Array("/tmp/marquee-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        write(descriptor, bytes, bytes.count)
        close(descriptor)
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
