"""Replies made by real programs, stored under `made`: `python -m tests.reply.making` makes them anew.

It needs chromium, mutt and s-nail, which is why the tests read what is stored.
"""
