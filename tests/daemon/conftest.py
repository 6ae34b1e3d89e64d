"""The home that the tests of whole processes share."""

from tests.daemon.homes import home

__all__ = ["home"]
