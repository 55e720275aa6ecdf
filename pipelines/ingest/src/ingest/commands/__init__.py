"""One module per command, each with `run(arguments) -> exit code`; imported only when it is asked for."""
