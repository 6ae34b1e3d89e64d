"""What is too long for every day: attacks on the store, and TinyDB's own tests of its tables."""
