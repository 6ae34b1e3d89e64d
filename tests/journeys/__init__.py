"""Whole journeys through the real modules, over real Maildirs and the real store, from the first letter to the last."""
