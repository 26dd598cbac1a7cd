import Gateway
import Glibc

exit(BenchServer.run(Array(CommandLine.arguments.dropFirst())))
