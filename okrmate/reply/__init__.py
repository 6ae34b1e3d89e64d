"""What a person wrote back: quoted lines and the letter they answer in, what they mean out. No mail, no files."""
