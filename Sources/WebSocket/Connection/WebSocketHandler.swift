package import Reactor

/// What a connection's messages are for.
@EventLoop package protocol WebSocketHandler: AnyObject {
    /// A message has come. None comes once the connection is closing.
    func receive(_ message: Message)
    /// The server wants to stop: close the connection as soon as that does no harm.
    func drain()
    /// The connection is open no longer: nothing can be sent any more. Called once.
    func hasClosed()
}
