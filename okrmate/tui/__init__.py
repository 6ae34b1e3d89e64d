"""What the mentor sees: the terminal's screens, drawn from the store as it stands after each commit."""
