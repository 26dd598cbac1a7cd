import GraphQLLanguage
import GraphQLTypes

/// Where in the type system the walk is: what a document's text means there. What is unknown, or
/// of a kind that cannot stand there, is nil.
struct Position {
    /// The type whose fields the selection set around selects.
    var parent: TypeID?
    /// The named type of what is selected: by a field, an operation or a fragment.
    var output: TypeID?
    var field: FieldID?
    var directive: DirectiveID?
    var input = Input()

    /// Where a value is expected.
    struct Input {
        var type: WrappedType?
        /// The argument or input field whose value it is, unless it is an item of a list.
        var definition: InputID?
        /// The input object around.
        var parent: TypeID?
        /// Not inside a value that is wrong as a whole.
        var isChecked = true
    }
}

/// A node that the walk is in.
struct Frame {
    let node: Int
    let end: Int
    /// The position outside.
    let outer: Position
}

/// An operation or a fragment.
struct DefinitionRecord {
    let node: Int
    let isOperation: Bool
    /// The spreads and the uses of variables in it, in the order of the source.
    var spreads: Range<Int> = 0..<0
    var usages: Range<Int> = 0..<0
}

/// A variable where a value is expected.
struct VariableUsage {
    let node: Int
    let position: Position.Input
}
