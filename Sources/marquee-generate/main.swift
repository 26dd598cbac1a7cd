import Glibc
/// Generates resolver protocols from a schema: marquee-generate SCHEMA LOADS OUTPUT
///
/// LOADS need not exist. Mistakes are reported as compilers report theirs, with status 1.
import GraphQLGeneration

func complain(_ text: String) {
    _ = (text + "\n").withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) }
}

func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
        bytes += chunk[..<count]
    }
    return ferror(file) == 0 ? bytes : nil
}

func write(_ bytes: [UInt8], to path: String) -> Bool {
    guard let file = fopen(path, "we") else { return false }
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
    return fclose(file) == 0 && isWritten
}

func generate(_ paths: [String]) -> Int32 {
    guard paths.count == 3 else {
        complain("usage: marquee-generate SCHEMA LOADS OUTPUT")
        return 2
    }
    guard let schema = read(paths[0]) else {
        complain("\(paths[0]): error: cannot be read: \(String(cString: strerror(errno)))")
        return 1
    }
    do throws(GenerationErrors) {
        let loads = read(paths[1]).map { SchemaFile(path: paths[1], bytes: $0) }
        let model = try ResolverModel(
            schema: SchemaFile(path: paths[0], bytes: schema), loads: loads)
        let output = Array(model.generate().utf8)
        // What has not changed is not compiled again.
        if read(paths[2]) == output || write(output, to: paths[2]) { return 0 }
        complain("\(paths[2]): error: cannot be written: \(String(cString: strerror(errno)))")
    } catch {
        for error in error.errors { complain(error.description) }
    }
    return 1
}

exit(generate(Array(CommandLine.arguments.dropFirst())))
