"""The composition root, in parts that a command imports alone: the desk, the mail room."""
