"""The sheets of Mail: what an unclear line means is typed, and a mail is answered in the mentor's own words."""

from okrmate.domain.letters import IncomingState, LetterKind
from okrmate.mail.layout import text
from tests.services.post_office import PostOffice
from tests.tui.letters_and_mails import at_mail, choose, morning
from tests.tui.terminal import played, terminal


@played
async def test_what_an_unclear_line_means_is_typed_and_understood_while_it_is_typed() -> None:
    office = PostOffice()
    office.answer(office.agenda(), "1.1: more than last time")
    async with terminal(office.room) as shown:
        await at_mail(shown)
        await shown.until_shown("What does it mean?")
        await shown.press("e", "+", "2")
        await shown.until_shown("The value of KR 1.1")
        await shown.until_shown("equests for a guest article: 3")
        await shown.press("enter")

        await shown.until(lambda: office.values()["1.1"] == "3")


@played
async def test_a_mail_is_answered_in_her_own_words_once_she_has_seen_the_letter() -> None:
    office = morning()
    async with terminal(office.room) as shown:
        await at_mail(shown)
        await shown.until_shown("answer Sam in your own words")
        await shown.press("r")
        await shown.until_shown("Answer Sam")
        await shown.press("ctrl+s")
        await shown.until_shown("An answer needs words.")
        await shown.type("That sounds heavy.")
        await shown.press("ctrl+s")
        await shown.until_shown("Send this to Sam Ortiz?")
        assert "Olivia (sent by okrmate)" in shown.text
        await shown.press("escape")
        await shown.until(lambda: "Send this" not in shown.text)
        assert office.letters(LetterKind.REPLY) == ()

        await shown.press("ctrl+s")
        await shown.until_shown("Send this to Sam Ortiz?")
        await shown.press("s")
        await shown.until_shown("5 Mail 2")

    (letter,) = office.letters(LetterKind.REPLY)
    assert text(letter.blocks).startswith("That sounds heavy.")


@played
async def test_what_is_not_proven_is_not_answered() -> None:
    office = morning()
    async with terminal(office.room) as shown:
        await at_mail(shown)
        await choose(shown, "the third", "Take it for what it says?")
        assert "answer" not in shown.text.partition("Take it for what it says?")[2].partition(" a accept")[0].replace(
            "as an answer", ""
        )
        await shown.press("r")

        await shown.until_shown("Only a mail that is proven")


@played
async def test_a_line_that_means_nothing_is_put_aside_and_the_mail_is_settled() -> None:
    office = PostOffice()
    mail = office.answer(office.agenda(), "1.1: more than last time")
    async with terminal(office.room) as shown:
        await at_mail(shown)
        await shown.until_shown("put this line aside, or the mail away")
        await shown.press("x")
        await shown.until_shown("only this line")
        await shown.press("l")

        await shown.until(lambda: office.now(mail).state is IncomingState.APPLIED)
        await shown.until_shown("not taken: this line")


@played
async def test_a_mail_is_put_away_with_a_reason_that_is_kept_with_it_and_undo_brings_it_back() -> None:
    office = PostOffice()
    mail = office.answer(office.agenda(), "1.1: more than last time")
    async with terminal(office.room) as shown:
        await at_mail(shown)
        await shown.until_shown("put this line aside, or the mail away")
        await shown.press("X", "enter")
        await shown.until_shown("Say why in a few words")
        await shown.press(*"said already", "enter")

        await shown.until(lambda: office.now(mail).state is IncomingState.DISMISSED)
        assert office.now(mail).detail == "said already"
        await shown.until_shown("put away: said already")
        await shown.press("u")
        await shown.until_shown("t take back")
        await shown.press("t")
        await shown.until(lambda: office.now(mail) == mail)


@played
async def test_a_mail_is_settled_as_it_stands_though_a_line_could_be_a_value() -> None:
    office = PostOffice()
    mail = office.answer(office.agenda(), "1.1: 60\n1.2: more than last time")
    async with terminal(office.room) as shown:
        await at_mail(shown)
        await shown.until_shown("What does it mean?")
        await shown.press("A")

        await shown.until(lambda: office.now(mail).state is IncomingState.APPLIED)
        await shown.until_shown("Settled.")
        assert office.values()["1.1"] == ""


@played
async def test_a_value_taken_for_one_line_leaves_the_mail_in_hand_while_another_is_open() -> None:
    office = PostOffice()
    letter = office.agenda()
    mail = office.answer(letter, "1.1: 60\n1.2: more than last time")
    office.answer(letter, "1.3: more than last time")
    async with terminal(office.room) as shown:
        await at_mail(shown)
        await shown.until_shown("60 is the value")
        await shown.press("a")

        await shown.until(lambda: office.values()["1.1"] == "60")
        await shown.until_shown("What does it mean?  “more than last time”")
        assert office.now(mail).state is not IncomingState.APPLIED
        assert "1.2: more than last time" in shown.text
