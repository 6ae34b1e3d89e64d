"""Mails damaged by chance, read the whole way: `make fuzz`, and a few hundred of them with all other tests."""
