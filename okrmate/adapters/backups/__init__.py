"""Backups: a home in one file that anybody can open, and out of it again, with everything in it doubted first."""
