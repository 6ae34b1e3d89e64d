"""The coach's words, one file a language each: the lists it looks for, and titles read with them."""
