import GraphQLHTTP
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import JSON
import Reactor
import Secrets

/// A document that clients are to be trusted with.
struct TrustedDocument: Equatable {
    /// What clients call it.
    let id: String
    /// Exactly as clients would send it: its hash names it, too.
    let source: [UInt8]
}

/// Documents from folders, files and manifests, each checked as the server checks it.
///
/// A file of GraphQL is one document, called by its path below the folder without the ending. A
/// manifest is an object of texts by their ids, or what Apollo's tools make.
struct TrustedDocuments {
    private(set) var documents: [TrustedDocument] = []
    /// A line for each thing that is wrong.
    private(set) var complaints: [String] = []
    private let schema: Schema
    private let options: ValidationOptions
    private var places: [String: Int] = [:]

    private static let endings = [".graphql", ".gql"]

    init(against schema: Schema, options: ValidationOptions) {
        (self.schema, self.options) = (schema, options)
    }

    typealias ReadFile = (String) throws(TextFile.Fault) -> String

    mutating func add(everythingAt path: String, reading readFile: ReadFile) {
        let manifest = ".json"
        for file in Folder.files(below: path, endings: Self.endings + [manifest]) {
            let text: String
            do throws(TextFile.Fault) {
                guard !Folder.isSpecial(file) else {
                    throw TextFile.Fault(isAbsence: false, reason: "not a regular file")
                }
                text = try readFile(file)
            } catch {
                complaints.append("\(file): error: \(error.reason)")
                continue
            }
            if file.hasSuffix(manifest) {
                add(manifest: text, file)
            } else {
                add(name(of: file, below: path), Array(text.utf8), from: file, entry: nil)
            }
        }
    }

    private func name(of file: String, below path: String) -> String {
        var name = file[...]
        if file == path {
            name = name[(name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex)...]
        } else {
            name = name.dropFirst(path.count).drop { $0 == "/" }
        }
        for ending in Self.endings where name.hasSuffix(ending) {
            name = name.dropLast(ending.count)
        }
        return String(name)
    }

    // MARK: Manifests

    private mutating func add(manifest text: String, _ file: String) {
        let root: JSONValue
        do throws(JSONError) {
            root = try JSONDocument.parse(Array(text.utf8)).root
        } catch {
            return complaints.append("\(file): error: \(error)")
        }
        guard root.form == .object else {
            return complaints.append("\(file): error: a manifest is an object of documents by id")
        }
        if let operations = root["operations"], operations.form == .array {
            return add(operations, file)
        }
        for member in root.members {
            let id = String(decoding: member.key.stringBytes ?? [], as: UTF8.self)
            guard let source = member.value.sourceBytes else {
                complaints.append("\(file): error: \"\(id)\" is no string")
                continue
            }
            add(id, source, from: file, entry: id)
        }
    }

    /// As Apollo's tools write them.
    private mutating func add(_ operations: JSONValue, _ file: String) {
        for (place, operation) in operations.elements.enumerated() {
            guard let id: String = operation["id"]?.stringValue,
                let source = operation["body"]?.sourceBytes
            else {
                complaints.append(
                    "\(file): error: operation \(place + 1) lacks its \"id\" or \"body\"")
                continue
            }
            add(id, source, from: file, entry: id)
        }
    }

    // MARK: Checking

    private mutating func add(
        _ id: String, _ source: [UInt8], from file: String, entry: String?
    ) {
        let entryName = entry.map { " \"\($0)\":" } ?? ""
        func line(_ location: SourceLocation?, _ message: String) -> String {
            let position = location.map { "\($0.line):\($0.column)" }
            let place = entry == nil ? position.map { ":\($0)" } ?? "" : ""
            let inside = entry == nil ? "" : position.map { " \($0):" } ?? ""
            return "\(file)\(place): error:\(entryName)\(inside) \(message)"
        }
        if let fault = fault(of: id, for: source) { return complaints.append(line(nil, fault)) }
        do throws(SyntaxError) {
            let document = try Document.parse(
                source, limits: options.limits?.parseLimits ?? ParseLimits())
            guard document.operations.contains(where: { _ in true }) else {
                return complaints.append(line(nil, "there is no operation in it"))
            }
            let errors = validate(document, against: schema, options: options)
            complaints += errors.map { line($0.locations.first, $0.message) }
        } catch {
            return complaints.append(line(error.location, error.message))
        }
        let document = TrustedDocument(id: id, source: source)
        if let known = places[id] {
            guard documents[known] == document else {
                return complaints.append(line(nil, "there is another document \"\(id)\""))
            }
            return
        }
        places[id] = documents.count
        documents.append(document)
    }

    private func fault(of id: String, for source: [UInt8]) -> String? {
        do throws(Refusal) {
            if case .hash(let hash) = try DocumentName(id), hash != SHA256Digest(of: source) {
                return "\"\(id)\" is not the hash of its document"
            }
        } catch {
            return "\"\(id)\" is no name: \(error.errors.first?.message ?? "")"
        }
        let isLine =
            !id.unicodeScalars.contains { $0.properties.generalCategory == .control }
            && id.first != " " && id.last != " "
        return isLine ? nil : "a name is one line without spaces around it"
    }
}
