import GraphQLLanguage
import GraphQLTypes

/// Section 5.3.2: fields with the same response name are the same, or cannot meet.
///
/// Valid documents are the rule, so a search that only says whether there is any conflict goes
/// first: it takes fields that are merged together at once, instead of pair by pair. Only when it
/// finds a conflict, or has done more than its share, are pairs compared to say where.
enum OverlappingFieldsCanBeMerged {
    /// How many steps the first search may take before it gives up: some for each node, and some
    /// that every document may take.
    static let maximumStepsPerNode = 32
    static let freeSteps = 500_000
    /// How many pairs of fields, or of fragments, are compared in all.
    static let maximumComparisons = 200_000

    /// After the walk, which has found out what the fields are.
    static func check(_ validation: inout Validation) {
        var search = MergeSearch(
            stepLimit: validation.work.mergeSteps
                + freeSteps + maximumStepsPerNode * validation.records.count)
        guard !search.provesMergeable(&validation) else { return }
        var pairs = FieldPairs(comparisonLimit: maximumComparisons)
        pairs.checkAll(&validation)
    }
}

/// What both ways of looking need.
extension Validation {
    /// The number of the name under which the field at `node` appears in the response.
    @inline(__always) func responseName(_ node: Int) -> Int {
        names(records[node].flags.contains(.hasAlias) ? node + 1 : node)
    }

    /// The type of the field at `node`; of unknown fields and meta-fields there is none.
    func mergeType(_ node: Int) -> WrappedType? {
        let fact = fact(node)
        guard fact >= 0, fact < Int32(truncatingIfNeeded: schema.typenameField.index)
        else { return nil }
        return schema[FieldID(rawValue: fact)].type
    }

    func isObject(_ type: Int32) -> Bool {
        type >= 0 && schema[TypeID(rawValue: type)].kind == .object
    }

    /// ```
    /// SameResponseShape(fieldA, fieldB)
    /// ```
    /// Without what is selected below them.
    func haveSameShape(_ left: WrappedType, _ right: WrappedType) -> Bool {
        var (left, right) = (left, right)
        while left != right {
            guard left.isNonNull == right.isNonNull, left.isList == right.isList else {
                return false
            }
            if left.isNamed {
                return !schema[left.named].kind.isLeaf && !schema[right.named].kind.isLeaf
            }
            left = left.unwrapped
            right = right.unwrapped
        }
        return true
    }
}
