"""Checks: whether a home does its work, part by part, and a letter to the mentor herself that makes the whole round."""
