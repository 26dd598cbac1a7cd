import Glibc
/// Generates Swift at each build:
///
///     marquee-generate resolvers SCHEMA LOADS OUTPUT    resolver protocols from a schema
///     marquee-generate migrations FOLDER OUTPUT         the migrations' texts as values
///
/// LOADS need not exist. Mistakes are reported as compilers report theirs, with status 1.
import GraphQLGeneration

func complain(_ text: String) {
    _ = (text + "\n").withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) }
}

func reason() -> String { String(cString: strerror(errno)) }

/// Leaves a file alone that is so already: what has not changed is not compiled again.
func replace(_ path: String, with text: String) -> Bool {
    let bytes = Array(text.utf8)
    if SourceFile(reading: path)?.bytes == bytes { return true }
    if let file = fopen(path, "we") {
        let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
        if fclose(file) == 0 && isWritten { return true }
    }
    complain("\(path): error: cannot be written: \(reason())")
    return false
}

func generateResolvers(_ schema: String, _ loads: String, _ output: String) -> Int32 {
    guard let file = SourceFile(reading: schema) else {
        complain("\(schema): error: cannot be read: \(reason())")
        return 1
    }
    do throws(GenerationErrors) {
        let model = try ResolverModel(schema: file, loads: SourceFile(reading: loads))
        return replace(output, with: model.generate()) ? 0 : 1
    } catch {
        for error in error.errors { complain(error.description) }
        return 1
    }
}

func generateMigrations(_ folder: String, _ output: String) -> Int32 {
    do throws(MigrationMistakes) {
        return replace(output, with: try MigrationFiles(in: folder).generate()) ? 0 : 1
    } catch {
        for line in error.lines { complain(line) }
        return 1
    }
}

func generate(_ words: [String]) -> Int32 {
    switch (words.first, words.count) {
    case ("resolvers", 4): return generateResolvers(words[1], words[2], words[3])
    case ("migrations", 3): return generateMigrations(words[1], words[2])
    default:
        complain("usage: marquee-generate resolvers SCHEMA LOADS OUTPUT | migrations FOLDER OUTPUT")
        return 2
    }
}

exit(generate(Array(CommandLine.arguments.dropFirst())))
