import Gateway
import Glibc
import TestSupport
import Testing

@Suite struct TextFileTests {
    @Test func `a text of 1 MiB is read whole, a longer one is refused`() throws {
        let text = String(repeating: "é", count: 1 << 19)
        #expect(try read(Array(text.utf8)) == text)
        #expect(try fault(of: Array(text.utf8) + [0x0A])?.reason == "more than 1 MiB")
    }

    @Test func `what is not UTF-8 is refused`() throws {
        #expect(try fault(of: [0x41, 0xFF])?.reason == "not UTF-8 text")
    }

    @Test func `absence differs from other faults`() throws {
        #expect(try fault(of: nil) == .init(isAbsence: true, reason: "No such file or directory"))
        do throws(TextFile.Fault) {
            _ = try TextFile.read("/")
            Issue.record("a folder was read")
        } catch {
            #expect(error == .init(isAbsence: false, reason: "Is a directory"))
        }
    }

    private func read(_ bytes: [UInt8]) throws -> String {
        let file = try TemporaryFile(bytes)
        return try withExtendedLifetime(file) { try TextFile.read(file.path) }
    }

    private func fault(of bytes: [UInt8]?) throws -> TextFile.Fault? {
        let file = try TemporaryFile(bytes ?? [])
        if bytes == nil { unlink(file.path) }
        return withExtendedLifetime(file) {
            do throws(TextFile.Fault) {
                _ = try TextFile.read(file.path)
                return nil
            } catch {
                return error
            }
        }
    }
}
