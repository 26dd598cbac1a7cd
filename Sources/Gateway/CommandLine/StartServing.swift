/// Starts the server by its plan and returns the exit code when it has stopped.
func startServing(_ plan: ServePlan) -> Int32 { ExitCode.failure }
