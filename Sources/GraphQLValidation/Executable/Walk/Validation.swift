import GraphQLLanguage
import GraphQLTypes

/// One document on its way through the rules: what all of them share.
struct Validation: ~Copyable {
    let document: Document
    let schema: Schema
    let options: ValidationOptions
    let records: UnsafeBufferPointer<NodeRecord>
    let source: UnsafePointer<UInt8>
    var names: DocumentNames
    /// The operations and fragments, in order.
    var definitions: [DefinitionRecord] = []
    /// How many of them are operations.
    var operationCount = 0
    /// Whether there are definitions that cannot be executed.
    var hasOtherDefinitions = false
    var spreads: [Int32] = []
    var usages: [VariableUsage] = []
    /// Whether an operation defines variables.
    var hasVariables = false
    var findings: Findings
    var work = ValidationWork()

    var position = Position()
    var frames: [Frame] = []
    /// The index of the operation or fragment that the walk is in.
    var current = -1
    var uniqueOperationNames = UniqueOperationNames()
    var uniqueFragmentNames = UniqueFragmentNames()

    init(
        _ document: Document, _ schema: Schema, _ options: ValidationOptions,
        records: UnsafeBufferPointer<NodeRecord>, source: UnsafePointer<UInt8>
    ) {
        self.document = document
        self.schema = schema
        self.options = options
        self.records = records
        self.source = source
        names = DocumentNames(records, source, known: schema.names)
        findings = Findings(maximumErrors: options.maximumErrors)
        findDefinitions()
    }

    /// The last of several fragments with the same name is the one that counts.
    private mutating func findDefinitions() {
        var node = 1
        while node < records.count {
            let kind = records[node].kind
            if kind.isExecutableDefinition {
                let isOperation = kind == .operationDefinition
                if isOperation {
                    operationCount += 1
                } else {
                    names.fragments[names(node)] = Int32(truncatingIfNeeded: definitions.count)
                }
                definitions.append(DefinitionRecord(node: node, isOperation: isOperation))
            } else {
                hasOtherDefinitions = true
            }
            node = Int(records[node].next)
        }
    }

    /// Runs all rules, unless the document is more than the limits allow.
    mutating func run() -> [GraphQLError] {
        work.tokens = document.tokenCount
        if let limits = options.limits {
            let errors = LimitCheck.check(limits, &self)
            guard errors.isEmpty else { return errors }
        }
        work.rules = ExecutableRule.allCases.count
        ExecutableDefinitions.check(&self)
        walk()
        NoUnusedFragments.check(&self)
        NoFragmentCycles.check(&self)
        OperationVariables.check(&self)
        OverlappingFieldsCanBeMerged.check(&self)
        return findings.errors(in: document)
    }
}

/// Looking at nodes.
extension Validation {
    @inline(__always) func record(_ node: Int) -> NodeRecord { records[node] }
    @inline(__always) func next(_ node: Int) -> Int { Int(records[node].next) }

    /// What the name of `node` is, as a text.
    func text(_ node: Int) -> String { document[node].name.text }

    /// The operation's or fragment's selection set is its last child.
    func selectionSet(of node: Int) -> Int? {
        guard records[node].flags.contains(.hasSelectionSet) else { return nil }
        return document[node].lastChild?.index
    }

    /// The first child of `kind`.
    func child(_ kind: NodeKind, of node: Int) -> Int? {
        var child = node + 1
        let end = next(node)
        while child < end {
            if records[child].kind == kind { return child }
            child = next(child)
        }
        return nil
    }

    /// Of a variable's definition: the variable, before which only a description may stand.
    func variable(of definition: Int) -> Int {
        records[definition + 1].kind == .variable ? definition + 1 : definition + 2
    }

    /// Of a variable's definition: the type.
    func typeNode(of definition: Int) -> Int { next(variable(of: definition)) }

    /// The index of the fragment that the spread at `node` names.
    @inline(__always) func fragment(spreadAt node: Int) -> Int? {
        let fragment = names.fragments[names(node)]
        return fragment < 0 ? nil : Int(fragment)
    }

    /// The type that the fragment definition or inline fragment at `node` is on, if it is known.
    func typeCondition(of node: Int) -> TypeID? {
        guard let condition = child(.namedType, of: node) else { return nil }
        return type(namedAt: condition)
    }

    @inline(__always) func type(namedAt node: Int) -> TypeID? {
        guard let name = names.known(node) else { return nil }
        return schema.type(named: name)
    }

    /// The type that the type reference at `node` writes out, if its name is known. What is
    /// wrapped too often is no type.
    func type(writtenAt node: Int) -> WrappedType? {
        let record = records[node]
        var type: WrappedType
        if record.kind == .listType {
            guard let item = self.type(writtenAt: node + 1), item.canBeWrapped else { return nil }
            type = item.inList
        } else {
            guard let named = self.type(namedAt: node) else { return nil }
            type = WrappedType(named)
        }
        guard record.flags.contains(.isNonNull) else { return type }
        return type.canBeWrapped ? type.nonNull : nil
    }

    /// What the walk has found out about a node: the field that a field selects, the parent type
    /// of a selection set. Negative when there is none.
    @inline(__always) func fact(_ node: Int) -> Int32 { names.facts[node] }

    @inline(__always) func setFact(_ node: Int, _ fact: Int32?) {
        names.facts[node] = fact ?? -1
    }

    @inline(__always) func isComposite(_ type: TypeID) -> Bool { schema[type].kind.isComposite }
}

/// Reporting.
extension Validation {
    @inline(never)
    mutating func report(
        _ rule: ExecutableRule, entering node: Int, at offsets: [Int],
        _ message: String
    ) {
        findings.report(rule, Moment(entering: node), at: offsets, message)
    }

    @inline(never)
    mutating func report(
        _ rule: ExecutableRule, leaving node: Int, at offsets: [Int],
        _ message: String
    ) {
        let moment = Moment(leaving: node, next: records[node].next)
        findings.report(rule, moment, at: offsets, message)
    }

    func start(_ node: Int) -> Int { Int(records[node].start) }
    func nameStart(_ node: Int) -> Int { Int(records[node].nameStart) }

    /// What `name` may have meant, as errors of `rule` say it. Looking for it takes long, so it is
    /// not done for errors that are left out.
    func suggestion(
        for name: String, among options: @autoclosure () -> [String], words: String? = nil,
        _ rule: ExecutableRule
    ) -> String {
        guard self.options.suggestsNames, !findings.isFull(rule) else { return "" }
        return Suggestions.sentence(
            Suggestions.similar(to: name, among: options()), words: words)
    }
}
