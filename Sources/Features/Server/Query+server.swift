extension Query {
    func server(in context: RequestContext) -> Server { context.server }
}
