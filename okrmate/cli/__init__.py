"""The command line: one module per group of commands, each command a class that parses, calls a use case and prints."""
