"""The words a protégé may write alone on the first line of any answer, and what each does, as the mentor is told it."""

ORDERS = (
    ("undo", "takes back what their last mail changed; “undo 1.1” one number"),
    ("status", "answers with their numbers as they stand"),
    ("later", "asks nothing a second time before next Monday"),
    ("skip", "asks nothing a second time this round"),
    ("pause", "tells you, and lets letters rest; “pause 2 weeks” for so long"),
    ("resume", "lets the letters leave again, unless you paused them"),
    ("stop", "tells you, and ends all letters at once"),
    ("my data", "answers with a copy of what is kept about them"),
    ("help", "answers with these words, and how numbers are written"),
)
"""Each as it is written in English; the other languages have their own (`okrmate/reply/languages`)."""
EXAMPLES = ("undo 1.1", "pause 2 weeks")
"""Those with something behind them, as the sentences above quote them."""
