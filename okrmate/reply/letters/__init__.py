"""How the answer to each letter is read: one small reader a letter, which takes what it understands, no more."""
