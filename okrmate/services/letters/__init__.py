"""Letters as they are written: which should exist, what each is told, and how it is made ready to leave."""
