"""What okrmate costs, each figure beside an anchor of the same run; figures to look at, never a test."""
