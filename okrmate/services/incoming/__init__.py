"""The way in: what concerns us is kept, judged, read, applied and answered."""
