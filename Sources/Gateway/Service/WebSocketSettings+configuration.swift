import GraphQLHTTP
import GraphQLWebSocket
import HTTP
import WebSocket

extension WebSocketSettings {
    init(_ configuration: Configuration) {
        self.init()
        allowedOrigins = configuration.allowedOrigins
        letsInOwnPages = configuration.mode == .development
        limits.maximumFrameBytes = configuration.webSockets.messageBytes
        limits.maximumMessageBytes = configuration.webSockets.messageBytes
        maximumQueuedBytes = configuration.webSockets.queueBytes
        pingIntervalMilliseconds = UInt64(configuration.webSockets.pingMilliseconds)
        pongTimeoutMilliseconds = UInt64(configuration.webSockets.pingMilliseconds)
        messageTimeoutMilliseconds = UInt64(configuration.timeLimits.bodyGraceMilliseconds)
    }
}

extension WebSocketServer {
    convenience init(_ configuration: Configuration, _ recorder: WebSocketRecorder) {
        self.init(WebSocketSettings(configuration), recorder: recorder)
    }
}

extension GraphQLSocketSettings {
    init(
        _ configuration: Configuration, _ endpoint: GraphQLEndpointSettings,
        _ recorder: GraphQLSocketRecorder
    ) {
        self.init()
        self.endpoint = endpoint
        self.recorder = recorder
        maximumOperations = configuration.webSockets.operations
        initTimeoutMilliseconds = UInt64(configuration.webSockets.initMilliseconds)
        recordsOperations = configuration.log.recordsAccess
    }
}
