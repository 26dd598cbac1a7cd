import Gateway
import Glibc

exit(CommandLineTool.runProcess())
