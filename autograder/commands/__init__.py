"""One module a subcommand: reads arguments, calls the rest, writes what it returns."""
