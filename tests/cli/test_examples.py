"""The examples that come with okrmate: each is entered, refined, tracked and closed by commands alone."""

import re

from tests.cli.running import Okrmate

READ = {
    "speaker": {"1.1": "done", "1.2": "2"},
    "mentee": {"1.1": "4", "1.2": "3", "1.3": "no change"},
    "expert": {"1.1": "6", "1.2": "+2", "1.3": "LinkedIn 400, Twitter 100 and Instagram 40"},
    "leader": {"1.1": "6", "1.2": "44 attendees", "1.3": "20%"},
}
"""What is read of each key result of an example."""
SCORED = {
    "speaker": ["0.7", "0.28"],
    "mentee": ["0.47", "0.7", "0"],
    "expert": ["0.35", "0.28", "0.28"],
    "leader": ["0.7", "0.7", "0.38"],
}
"""Of the committed target, which is worth 0.7, as much as the way that was gone."""
ACTIVITIES = {
    "1.1": "Listeners who come up with a question, from 1 to 6",
    "1.2": "Talks I am asked to give again, from 0 to 5",
}


def test_each_example_goes_from_a_draft_to_its_scores(okrmate: Okrmate) -> None:
    for name, readings in READ.items():
        okrmate.done("person", "add", name.title(), f"{name}@example.net")
        okrmate.done("okr", "import", name, "--example", name)
        coached = okrmate("okr", "coach", name, "--json").facts()
        activities = [str(each["about"]) for each in coached if each["level"] == "warning"]
        assert activities == (list(ACTIVITIES) if name == "speaker" else []), name
        for ref in activities:
            okrmate.made("tactic", "turn", name, ref, "--outcome", ACTIVITIES[ref])
        okrmate.done("okr", "refine", name)
        okrmate.done("okr", "activate", name, "--reason", "agreed in the talk")
        for ref, value in readings.items():
            okrmate.done("check-in", name, ref, value)
        closed = okrmate.done("okr", "close", name, "--learned", "ask sooner", "--carry", "1.2").out
        assert re.findall(r": ([\d.]+)(?:, goes on)? \(KR", closed) == SCORED[name], name

        draft = okrmate.done("okr", "show", name, "--json").data
        assert isinstance(draft, dict)
        assert draft["state"] == "draft", name
        (carried,) = draft["objectives"][0]["key_results"]
        assert carried["customer"] == {"expert": "editors of online magazines"}.get(name, "")
