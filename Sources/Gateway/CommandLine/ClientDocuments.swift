import Bytes
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation

/// The documents of a client, a file each, checked against a schema.
///
/// Files that take fragments from each other are checked as one document; the others stand alone.
struct ClientDocuments {
    struct File {
        let path: String
        /// What stands in it, or why that cannot be read.
        let text: Result<String, TextFile.Fault>
    }

    /// A file that could be read and parsed.
    private struct ParsedFile {
        let path: String
        let text: String
        let document: Document
    }

    /// Something to say about a place in a file.
    struct Remark: Equatable {
        enum Severity: String { case error, warning, note }

        let path: String
        let location: SourceLocation?
        let severity: Severity
        let message: String

        /// In the form that editors and CI systems know: `path:line:column: error: message`
        var line: String {
            let place = location.map { ":\($0.line):\($0.column)" } ?? ""
            return "\(path)\(place): \(severity.rawValue): \(message.inOneLine)"
        }
    }

    private(set) var remarks: [Remark] = []
    private(set) var operationCount = 0
    private var parsed: [ParsedFile] = []

    init(_ files: [File], against schema: Schema) {
        for file in files { parse(file) }
        let groups = groups()
        checkFragmentNames(groups)
        for group in groups { check(group, schema) }
    }

    var errorCount: Int { remarks.count { $0.severity == .error } }
    var warningCount: Int { remarks.count { $0.severity == .warning } }

    private mutating func parse(_ file: File) {
        switch file.text {
        case .failure(let fault): addError(file.path, nil, fault.reason)
        case .success(let text):
            do throws(SyntaxError) {
                let document = try Document.parse(text)
                parsed.append(ParsedFile(path: file.path, text: text, document: document))
                operationCount += document.operations.count
            } catch {
                addError(file.path, error.location, error.message)
            }
        }
    }

    private mutating func addError(
        _ path: String, _ location: SourceLocation?, _ message: String
    ) {
        remarks.append(
            Remark(path: path, location: location, severity: .error, message: message))
    }

    /// The parsed files by their places, those together that share fragments.
    private func groups() -> [[Int]] {
        var owners: [Name: Int] = [:]
        for (place, entry) in parsed.enumerated() {
            for fragment in entry.document.fragments where owners[fragment.name] == nil {
                owners[fragment.name] = place
            }
        }
        var group = Array(parsed.indices)
        func find(_ place: Int) -> Int {
            var place = place
            while group[place] != place { place = group[place] }
            return place
        }
        for (place, entry) in parsed.enumerated() {
            let own = Set(entry.document.fragments.map(\.name))
            for name in spreadNames(in: entry.document) {
                guard !own.contains(name), let owner = owners[name] else { continue }
                let (left, right) = (find(place), find(owner))
                group[max(left, right)] = min(left, right)
            }
        }
        return Dictionary(grouping: parsed.indices, by: find).values
            .map { $0.sorted() }.sorted { $0[0] < $1[0] }
    }

    /// A fragment that stands in an earlier file too, which is not checked with this one. The two
    /// may have one name only as long as each is used where it stands, and nowhere else.
    private mutating func checkFragmentNames(_ groups: [[Int]]) {
        let spreads = parsed.map { spreadNames(in: $0.document) }
        var isTaken = Set<Name>()
        for (file, spreads) in zip(parsed, spreads) {
            isTaken.formUnion(spreads.subtracting(file.document.fragments.map(\.name)))
        }
        var group: [Int: Int] = [:]
        for (number, places) in groups.enumerated() {
            for place in places { group[place] = number }
        }
        var firsts: [Name: Int] = [:]
        for (place, file) in parsed.enumerated() {
            for name in file.document.fragments.map(\.name) {
                guard let first = firsts[name] else {
                    firsts[name] = place
                    continue
                }
                guard group[first] != group[place],
                    isTaken.contains(name) || !spreads[place].contains(name)
                else { continue }
                addRepeatedFragment(name, in: file, first: parsed[first])
            }
        }
    }

    private func spreadNames(in document: Document) -> Set<Name> {
        Set(
            document.records.indices.filter { document.records[$0].kind == .fragmentSpread }
                .map { FragmentSpread(unchecked: document[$0]).name })
    }

    private mutating func addRepeatedFragment(
        _ name: Name, in file: ParsedFile, first: ParsedFile
    ) {
        addError(
            file.path, name.location, "There can be only one fragment named \"\(name.text)\".")
        guard let other = first.document.fragments.first(where: { $0.name == name }) else { return }
        remarks.append(
            Remark(
                path: first.path, location: other.name.location, severity: .note,
                message: "also here"))
    }

    private mutating func check(_ group: [Int], _ schema: Schema) {
        let files = group.map { parsed[$0] }
        guard let joined = joined(files, group) else { return }
        var options = ValidationOptions()
        options.limits = nil
        let errors = validate(joined.document, against: schema, options: options)
        for error in errors { add(error, .error, joined.places) }
        guard errors.isEmpty else { return }
        options.allowsDeprecated = false
        for error in validate(joined.document, against: schema, options: options) {
            add(error, .warning, joined.places)
        }
    }

    /// Which file each line of a joined document comes from.
    private typealias Places = [(firstLine: Int, path: String)]

    private func joined(_ files: [ParsedFile], _ group: [Int]) -> (
        document: Document, places: Places
    )? {
        if group.count == 1 { return (parsed[group[0]].document, [(1, files[0].path)]) }
        var places: Places = []
        var text = ""
        var line = 1
        for file in files {
            places.append((line, file.path))
            text += file.text + "\n"
            line += lineCount(file.text)
        }
        return (try? Document.parse(text)).map { ($0, places) }
    }

    /// How many lines a text takes with a line feed behind it.
    private func lineCount(_ text: String) -> Int {
        let bytes = Array((text + "\n").utf8)
        return LineTable(source: bytes).location(of: bytes.count).line - 1
    }

    private mutating func add(
        _ error: GraphQLError, _ severity: Remark.Severity, _ places: Places
    ) {
        let remarks = error.locations.enumerated().map { index, location in
            let place = places.last { $0.firstLine <= location.line } ?? places[0]
            return Remark(
                path: place.path,
                location: SourceLocation(
                    line: location.line - place.firstLine + 1, column: location.column),
                severity: index == 0 ? severity : .note,
                message: index == 0 ? error.message : "also here")
        }
        self.remarks +=
            remarks.isEmpty
            ? [
                Remark(
                    path: places[0].path, location: nil, severity: severity,
                    message: error.message)
            ] : remarks
    }
}
