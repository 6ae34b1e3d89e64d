"""Sources of a sum and steps of a milestone, as people tell them."""

from decimal import Decimal

from okrmate.domain.metrics import MetricKind
from okrmate.domain.parts import Part
from okrmate.reply.context import KeyResultContext, ReplyContext
from okrmate.reply.statements import read_updates
from okrmate.reply.updates import Op, Problem, Update
from tests.cases import of_every

D = Decimal
NETWORKS = KeyResultContext(
    ref="1.1",
    title="People who follow her",
    kind=MetricKind.COUNT,
    baseline=D(100),
    target=D(300),
    sources=("LinkedIn", "Mastodon"),
    parts=(Part(source="Mastodon", value=D(40)),),
)
SITE = KeyResultContext(
    ref="1.2",
    title="Site live",
    kind=MetricKind.MILESTONE,
    baseline=D(0),
    target=D(100),
    steps=("wireframes", "first draft", "read by two friends", "live"),
)
TOLD: tuple[tuple[str, Op | None, int | None], ...] = (
    ("1.1 LinkedIn 120", Op.SET, 160),
    ("1.1: LinkedIn: 1,200 and Mastodon 41", Op.SET, 1241),
    ("1.1 Mastodon 50", Op.NOTE, None),
    ("1.1: 200", Op.SET, 200),
    ("1.1: 180 on LinkedIn alone", None, None),
    ("1.2 first draft", Op.SET, 50),
    ("1.2: Read by two friends, done!", Op.SET, 75),
    ("1.2 step 1", Op.SET, 25),
    ("1.2: step 9", Op.NOTE, None),
    ("1.2 first draft not done", Op.NOTE, None),
    ("1.2: 40 %", Op.SET, 40),
)


@of_every(TOLD)
def test_what_is_told_of_a_part_makes_the_value_of_the_whole(text: str, op: Op | None, value: int | None) -> None:
    unheard = KeyResultContext(ref="1.1", title=NETWORKS.title, kind=NETWORKS.kind, sources=NETWORKS.sources)
    networks = unheard if op is Op.NOTE else NETWORKS

    (said,) = read_updates(text, ReplyContext(key_results=(networks, SITE), locale="en"))

    assert isinstance(said, Problem if op is None else Update)
    if isinstance(said, Update):
        assert (said.op, said.value) == (op, value)
