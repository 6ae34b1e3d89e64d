"""Messages as values: what comes in by RFC 5322 and what goes out, with neither sockets nor files."""
