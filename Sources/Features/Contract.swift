package import GraphQLExecution
package import GraphQLTypes
import Reactor

/// What `schema.graphql` promises, as this program was built with it.
package enum Contract {
    /// The text of `schema.graphql`.
    package static let text = GeneratedSchema.text

    package static func schema() throws -> Schema { try GeneratedSchema.build() }

    /// How its fields are answered.
    package static let roads: any FieldRoads = GeneratedRoads()

    /// What answers one request.
    @EventLoop package static func resolvers(_ context: RequestContext) -> any Resolvers {
        GeneratedResolvers(context: context)
    }
}

extension GeneratedResolvers {
    /// What `@auth` demands, the request's own access decides.
    var fieldGuard: (any FieldGuard)? { context.access }
}
