"""The loop that reads, plans and sends mail until it is told to stop, and what it takes to run it as a service."""
