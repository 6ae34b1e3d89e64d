"""The files under the store: a checkpoint that is replaced whole, the journal of what is younger, and taking turns."""
