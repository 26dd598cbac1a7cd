import Bytes
public import GraphQLTypes
public import Reactor

/// A Swift value that a leaf can have in a response.
public protocol OutputScalar {
    /// Appends the value's JSON. Throws if it is none that the field's type allows.
    @EventLoop func write(into response: inout ResponseWriter) throws
}

/// A Swift value that an argument or input field can have.
public protocol InputScalar {
    /// The value that a request gave. Throws what is wrong with it.
    init(input: InputValue) throws(GraphQLError)
}

/// Writing leaves the way `Resolvers.write` wants it.
@EventLoop extension ResponseWriter {
    /// Appends a value that is not null.
    @inlinable public mutating func write(_ value: some OutputScalar) throws -> Bool {
        try value.write(into: &self)
        return true
    }

    /// Appends a value, or nothing for null.
    @inlinable public mutating func write(_ value: (some OutputScalar)?) throws -> Bool {
        guard let value else { return false }
        try value.write(into: &self)
        return true
    }
}

extension String: OutputScalar, InputScalar {
    @EventLoop public func write(into response: inout ResponseWriter) { response.append(self) }

    public init(input: InputValue) throws(GraphQLError) {
        switch input {
        case .string(let text), .enumeration(let text): self = text
        default: throw .misfit("Expected a string.")
        }
    }
}

extension Int: OutputScalar, InputScalar {
    /// GraphQL's Int has 32 bits.
    @EventLoop public func write(into response: inout ResponseWriter) throws {
        guard Int32(exactly: self) != nil else {
            throw GraphQLError("Int cannot represent non 32-bit signed integer value: \(self)")
        }
        response.append(self)
    }

    public init(input: InputValue) throws(GraphQLError) {
        guard case .int(let number) = input else {
            throw .misfit("Expected an integer.")
        }
        self = Int(number)
    }
}

extension Double: OutputScalar, InputScalar {
    @EventLoop public func write(into response: inout ResponseWriter) throws {
        guard isFinite else {
            throw GraphQLError("Float cannot represent non numeric value: \(self)")
        }
        response.append(self)
    }

    public init(input: InputValue) throws(GraphQLError) {
        switch input {
        case .float(let number): self = number
        case .int(let number): self = Double(number)
        default: throw .misfit("Expected a number.")
        }
    }
}

extension Bool: OutputScalar, InputScalar {
    @EventLoop public func write(into response: inout ResponseWriter) { response.append(self) }

    public init(input: InputValue) throws(GraphQLError) {
        guard case .boolean(let value) = input else {
            throw .misfit("Expected a boolean.")
        }
        self = value
    }
}

extension Array: OutputScalar where Element: OutputScalar {
    @EventLoop public func write(into response: inout ResponseWriter) throws {
        response.beginList()
        for (index, element) in enumerated() {
            if index > 0 { response.appendComma() }
            try element.write(into: &response)
        }
        response.endList()
    }
}

extension Optional: OutputScalar where Wrapped: OutputScalar {
    /// Nothing is `null`: inside lists. A field of its own that is null is the executor's matter.
    @EventLoop public func write(into response: inout ResponseWriter) throws {
        if let self { try self.write(into: &response) } else { response.appendNull() }
    }
}
