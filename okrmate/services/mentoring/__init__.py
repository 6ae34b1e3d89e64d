"""Mentoring: people and their mentorships, OKR sets and readings, talks and what is said after them."""
