"""The way out: what is due is written, waits, is looked at, and leaves exactly once."""
