import Glibc
/// Generates resolver protocols from a schema: marquee-generate SCHEMA LOADS OUTPUT
///
/// LOADS need not exist. Mistakes are reported as compilers report theirs, with status 1.
import GraphQLGeneration

func complain(_ text: String) {
    _ = (text + "\n").withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) }
}

func reason() -> String { String(cString: strerror(errno)) }

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
    guard let schema = SourceFile(reading: paths[0]) else {
        complain("\(paths[0]): error: cannot be read: \(reason())")
        return 1
    }
    do throws(GenerationErrors) {
        let model = try ResolverModel(schema: schema, loads: SourceFile(reading: paths[1]))
        let output = Array(model.generate().utf8)
        // What has not changed is not compiled again.
        let old = SourceFile(reading: paths[2])
        if old?.bytes == output || write(output, to: paths[2]) { return 0 }
        complain("\(paths[2]): error: cannot be written: \(reason())")
    } catch {
        for error in error.errors { complain(error.description) }
    }
    return 1
}

exit(generate(Array(CommandLine.arguments.dropFirst())))
