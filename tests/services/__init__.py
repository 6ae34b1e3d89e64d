"""The use cases, tried on fakes of their ports."""
