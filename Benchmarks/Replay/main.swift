import Glibc

exit(ReplayBench.run(Array(CommandLine.arguments.dropFirst())))
