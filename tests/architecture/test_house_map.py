"""The README's map of the house, held equal to the tree."""

from tests.architecture.house_map import README, drawn, renewed, written


def test_the_map_in_the_readme_is_the_tree() -> None:
    assert written(README.read_text(encoding="utf-8")) == drawn(), "renew it with: make map"


def test_renewing_the_map_changes_nothing_else_in_the_readme() -> None:
    readme = README.read_text(encoding="utf-8")

    other = renewed(readme, "another\n")

    assert written(other) == "another\n"
    assert renewed(other, written(readme)) == readme
