import Glibc
import Reactor

func fail(_ reason: String, code: Int32) -> Never {
    var text = "bench-http-server: \(reason)\n"
    _ = text.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(code)
}

guard let arguments = Arguments(CommandLine.arguments.dropFirst()) else {
    fail("usage: \(Arguments.usage)", code: 2)
}

// A descriptor for each connection, and a few: the usual 1024 would end the idle row early.
var limit = rlimit()
getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
limit.rlim_cur = limit.rlim_max
setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)

switch (arguments.handler, arguments.workers) {
case (.bare, 1): fail(EventLoop.run { await BareServer.serve(at: arguments.address) }, code: 1)
default: fail("not written yet: several workers, and the full handler", code: 2)
}
