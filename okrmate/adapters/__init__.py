"""The outside world, one door each: every file, socket and clock is reached through a module of this room."""
