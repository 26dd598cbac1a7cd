import Testing

/// Everything that talks to a server over sockets: one test at a time, so that few threads block.
@Suite(.serialized) enum ServerSuite {}
