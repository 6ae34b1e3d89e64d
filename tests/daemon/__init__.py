"""The loop as a service: when it works, what it waits for, and how it ends."""
