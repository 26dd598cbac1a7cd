import Bytes
import Reactor
import Tracing

/// Finds the handler for a method and a path.
///
///     var router = Router()
///     router.add(.get, "/films/{id}") { request in ... request.parameter("id") ... }
///     let handler = router.handler
///
/// A path is segments between slashes: fixed ones, `{name}` places for one segment that is not
/// empty, and at the end perhaps `*` for all that is left. Fixed segments go before places and
/// places before `*`. A slash at the end makes another path. Routes are added once, at start;
/// finding one costs O(segments × children) and allocates nothing for a path without places.
///
/// GET's handler also answers HEAD. OPTIONS is answered with the methods a path takes.
package struct Router: Sendable {
    private var tree = RouteTree()
    private var methods: Set<Method> = []

    package init() {}

    /// Adds a route. A path that is malformed or has that method already is our own mistake and
    /// stops the process.
    package mutating func add(
        _ method: Method, _ path: String, _ rules: RouteRules = RouteRules(),
        handler: @escaping Handler
    ) {
        let pattern = RoutePattern(path)
        tree.add(
            pattern, method,
            Endpoint(path: path, rules: rules, names: pattern.names, handler: handler))
        methods.insert(method)
    }

    /// Lets all refusals of requests to a path look as `present` makes them. The Allow
    /// field is added to what it makes.
    package mutating func presentFaults(
        at path: String, _ present: @escaping FaultPresentation
    ) {
        tree.presentFaults(at: RoutePattern(path), present)
    }

    package var handler: Handler {
        let router = self
        let allowedSomewhere = AllowField.block(methods)
        return { request in
            if request.method == .options, request.path.elementsEqual("*".utf8) {
                try RouteRules().check(request)
                return Response(status: .noContent, headers: allowedSomewhere)
            }
            switch try router.route(request) {
            case .handler(let handler): return try await handler(request)
            case .refused(let response): return response
            }
        }
    }

    private enum Route {
        case handler(Handler)
        case refused(Response)
    }

    @EventLoop private func route(_ request: Request) throws(RequestFault) -> Route {
        var parameters: [ArraySlice<UInt8>] = []
        guard let resource = tree.find(request.path, &parameters) else {
            try RouteRules().check(request)
            throw .notFound
        }
        let endpoint = resource.endpoint(for: request.method)
        do throws(RequestFault) {
            try (endpoint?.rules ?? RouteRules()).check(request)
        } catch {
            guard let present = resource.present else { throw error }
            return .refused(present(error, request))
        }
        guard let endpoint else { return .refused(resource.refusal(of: request)) }
        (request.parameters, request.parameterNames) = (parameters, endpoint.names)
        request.recording?.route = endpoint.path
        return .handler(endpoint.handler)
    }
}

/// Writes the answer to a request that is refused.
package typealias FaultPresentation = @EventLoop @Sendable (RequestFault, Request) -> Response

/// What one method of one path does.
struct Endpoint: Sendable {
    /// As it was added.
    let path: String
    let rules: RouteRules
    let names: [String]
    let handler: Handler
}

/// The methods of one path.
struct Resource: Sendable {
    private var endpoints: [Endpoint?] = Array(repeating: nil, count: Method.allCases.count)
    private var allowed = HeaderBlock()
    var present: FaultPresentation?

    mutating func add(_ method: Method, _ endpoint: Endpoint) {
        precondition(endpoints[Int(method.rawValue)] == nil, "a path has a method twice")
        endpoints[Int(method.rawValue)] = endpoint
        allowed = AllowField.block(
            Set(Method.allCases.filter { endpoints[Int($0.rawValue)] != nil }))
    }

    func endpoint(for method: Method) -> Endpoint? {
        if let endpoint = endpoints[Int(method.rawValue)] { return endpoint }
        return method == .head ? endpoints[Int(Method.get.rawValue)] : nil
    }

    /// The answer to a method without a handler.
    @EventLoop func refusal(of request: Request) -> Response {
        if request.method == .options { return Response(status: .noContent, headers: allowed) }
        var response =
            present?(.methodNotAllowed, request) ?? .fault(.methodNotAllowed)
        response.headers.add(allowed)
        return response
    }
}

/// The Allow field (RFC 9110 section 10.2.1).
private enum AllowField {
    /// HEAD comes with GET, OPTIONS with everything.
    static func block(_ methods: Set<Method>) -> HeaderBlock {
        let all = Method.allCases.filter {
            methods.contains($0) || $0 == .options || $0 == .head && methods.contains(.get)
        }
        return HeaderBlock(["Allow": all.map(\.name.description).joined(separator: ", ")])
    }
}
