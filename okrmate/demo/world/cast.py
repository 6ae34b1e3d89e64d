"""Who is in the world, and when it begins."""

from okrmate.demo.past import Past
from okrmate.demo.people import Character
from okrmate.demo.world.blocked import BLOCKED
from okrmate.demo.world.fading import FADING
from okrmate.demo.world.flourishing import FLOURISHING
from okrmate.demo.world.stuck import STUCK

PAST_BEGINS = "2025-11-24T08:00:00+00:00"
"""Fourteen weeks before the story goes on."""
WORLD: tuple[tuple[Character, Past], ...] = (FLOURISHING, STUCK, BLOCKED, FADING)
