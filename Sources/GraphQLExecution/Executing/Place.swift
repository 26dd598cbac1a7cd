/// What stands at one position of a response, as far as it is known before writing.
struct Place: BitwiseCopyable {
    /// An object's selection, or one of the marks below.
    let selection: Int32
    /// Of an object: which of its selection's objects it is. Else what the mark says.
    let index: Int32

    static let null = Place(selection: -1, index: 0)

    /// A list. At the index of the tape stands how many items follow there.
    static func list(at index: Int) -> Place { Place(mark: -2, index) }
    /// An error: the index is that of the failure.
    static func failure(_ index: Int) -> Place { Place(mark: -3, index) }
    /// A load that has not come back: the index is that of the pending load.
    static func pending(_ index: Int) -> Place { Place(mark: -4, index) }
    /// JSON that is written already: the index is that of the fragment.
    static func fragment(_ index: Int) -> Place { Place(mark: -5, index) }
    /// On the tape, in front of a list's items: how many they are.
    static func count(_ count: Int) -> Place { Place(mark: -6, count) }

    enum Form {
        case object(selection: Int, index: Int)
        case null
        case list(Int)
        case failure(Int)
        case pending(Int)
        case fragment(Int)
    }

    var form: Form {
        switch selection {
        case -1: .null
        case -2: .list(Int(index))
        case -3: .failure(Int(index))
        case -4: .pending(Int(index))
        case -5: .fragment(Int(index))
        default: .object(selection: Int(selection), index: Int(index))
        }
    }

    init(selection: Int32, index: Int32) {
        self.selection = selection
        self.index = index
    }

    private init(mark: Int32, _ index: Int) {
        selection = mark
        self.index = Int32(truncatingIfNeeded: index)
    }
}

/// A load that some position of the response waits for.
struct PendingLoad: BitwiseCopyable {
    let load: LoadReference
    /// The plan's field whose answer it is.
    let field: Int32
    /// The column that waits, or nothing if the tape does.
    var column: Int32
    /// Where in the column or on the tape.
    var index: Int32

    static let tape: Int32 = -1
}
