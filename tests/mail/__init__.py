"""Tests of messages as values."""
