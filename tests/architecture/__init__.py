"""The house itself: rooms, sizes, imports and the map of them in the README."""
