import Glibc

exit(EngineBench.run(Array(CommandLine.arguments.dropFirst())))
