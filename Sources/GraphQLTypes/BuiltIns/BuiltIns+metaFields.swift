extension BuiltIns {
    /// The fields that can be selected though no type lists them. The type that holds them here is
    /// found under no name.
    static let metaFields = """
        type \(metaFieldsType) {
          \"""The name of the current Object type at runtime.\"""
          __typename: String!
          \"""Access the current type schema of this server.\"""
          __schema: __Schema!
          \"""Request the type information of a single type.\"""
          __type(name: String!): __Type
        }
        """

    static let metaFieldsType = "__MetaFields"
}
