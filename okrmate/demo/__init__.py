"""The demo: a throw-away home, sample people who answer, and the loop told as a story with the real modules."""
