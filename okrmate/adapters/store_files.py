"""The names of the files in which the store of a home stands."""

from okrmate.adapters.log.journal import TORN as CUT_OFF

FILE = "okrmate.json"
JOURNAL = f"{FILE}.journal"
TORN = f"{JOURNAL}{CUT_OFF}"
"""What was cut off of the journal, as it had not been written to its end."""
