"""Known answers outside the project, run by `python -m tests.corpus DIR`."""
