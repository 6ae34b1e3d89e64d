"""The outside world's doors, tried on real files in throw-away folders."""
