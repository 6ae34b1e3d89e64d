"""The commands that are promised, beside those the parser knows."""

import argparse
import re
import shlex
from importlib import import_module
from pkgutil import iter_modules

from okrmate.cli.calling import parse
from okrmate.cli.groups import GROUPS
from okrmate.cli.registry import every_command, parser_for
from okrmate.tui import commands
from okrmate.tui.commands.command import Command as ScreenCommand
from tests.cases import of_every

PROMISED = """
demo · today · init · doctor · run · poll · plan · deliver · explain
person add · person list · person show · person edit · person pause · person resume · person off · person end
person export · person erase · away
okr list · okr show · okr add · okr edit · okr import · okr refine · okr activate · okr revise · okr close · okr coach
okr describe · okr history · tactic add · tactic start · tactic end · tactic list · tactic turn
proposal list · proposal accept · proposal reject
promise list · promise add · promise kept · promise dropped
question list · question add · question edit · question pin · question swap
history · undo · letter list · letter preview · calendar export · check-in
meeting plan · meeting move · meeting cancel · meeting held · meeting missed · meeting list
meeting repeat · meeting import · agenda
feedback · advice list · advice add · advice told · advice drop
inbox list · inbox show · inbox accept · inbox edit · inbox reject · inbox answer
outbox list · outbox show · outbox hold · outbox send · outbox withdraw
report · export · import · backup · restore · status · service install · service status · service remove · completion
"""
NOT_BUILT_YET = """
calendar export · outbox withdraw
export · import · status · completion
"""
"""This list only shrinks."""
TAKES = {
    "demo": "--script --now",
    "init": "--name --address --imap-host --non-interactive",
    "doctor": "--self-test",
    "plan": "--dry-run --now",
    "explain": "FILE --jsonl",
    "person add": "NAME ADDRESS --zone --locale --proposed",
    "person show": "PERSON VIEW",
    "person edit": "PERSON VIEW",
    "person off": "PERSON FROM TO --drop",
    "person end": "PERSON",
    "person erase": "PERSON",
    "person export": "PERSON FILE",
    "away": "FROM TO",
    "okr add": "PERSON TITLE --objective --kind --baseline --target --stretch --unit",
    "okr import": "PERSON FILE --example",
    "okr show": "PERSON --revision",
    "okr list": "PERSON",
    "okr activate": "PERSON --reason",
    "okr coach": "PERSON --ignore --heed --reason",
    "okr describe": "PERSON KR --customer --behaviour --serves --health --source --step",
    "okr history": "PERSON KR --evidence",
    "tactic add": "PERSON KR TITLE --since --planned",
    "tactic start": "ID --at",
    "tactic end": "ID --learned --at",
    "tactic list": "PERSON",
    "tactic turn": "PERSON KR --under --outcome --reason",
    "report": "PERSON --format",
    "check-in": "PERSON KR VALUE --note --confidence --at",
    "meeting plan": "PERSON TIME --minutes --place --every",
    "meeting move": "MEETING TIME",
    "meeting repeat": "PERSON RULE --end",
    "meeting import": "FILE PERSON",
    "meeting held": "MEETING",
    "meeting missed": "MEETING",
    "meeting cancel": "MEETING",
    "feedback": "PERSON --positive --suggestion",
    "inbox show": "ID",
    "inbox accept": "ID --line",
    "inbox edit": "ID LINE VALUE --as-note",
    "inbox reject": "ID --line --reason",
    "inbox answer": "ID WORDS --dry-run",
    "outbox show": "ID",
    "outbox hold": "ID",
    "outbox send": "ID",
    "letter preview": "KIND PERSON --format",
    "agenda": "PERSON --prepare --add --line --points --point --take --minutes --place --talked --text --now",
    "history": "PERSON",
    "undo": "ID",
    "backup": "PATH",
    "restore": "FILE",
}
EVERYWHERE = {"--home", "--json", "--quiet", "--verbose"}


def _named(text: str) -> set[str]:
    return {name.strip() for line in text.strip().splitlines() for name in line.split("·")}


def _parser(name: str) -> argparse.ArgumentParser:
    first, _, second = name.partition(" ")
    parser: argparse.ArgumentParser = parser_for(first)
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to ask what it was told
        if second and isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            return action.choices[second]  # type: ignore[no-any-return]
    return parser


def _taken(name: str) -> set[str]:
    taken: set[str] = set()
    for action in _parser(name)._actions:  # noqa: SLF001 - as above
        taken |= set(action.option_strings) or {str(action.metavar)}
    return taken


def test_the_parser_knows_what_is_promised_but_for_a_list_that_only_shrinks() -> None:
    known = {" ".join(command.words) for command in every_command()}

    assert known == _named(PROMISED) - _named(NOT_BUILT_YET)


def test_the_list_of_what_is_not_built_yet_names_promised_commands_only() -> None:
    assert _named(NOT_BUILT_YET) < _named(PROMISED)


@of_every((name,) for name in sorted(TAKES))
def test_a_command_takes_what_is_promised_by_name(name: str) -> None:
    assert set(TAKES[name].split()) <= _taken(name)


@of_every((" ".join(command.words),) for command in every_command())
def test_every_command_takes_the_options_that_all_take_and_says_what_it_does(name: str) -> None:
    assert _taken(name) >= EVERYWHERE
    assert _parser(name).description


def test_every_first_word_has_its_line_in_the_help() -> None:
    assert {command.words[0] for command in every_command()} == set(GROUPS)
    assert all(group.help for group in GROUPS.values())


@of_every((" ".join(command.words),) for command in every_command())
def test_the_help_of_a_command_says_what_each_of_its_words_and_options_is(name: str) -> None:
    assert [action.dest for action in _parser(name)._actions if not action.help] == []  # noqa: SLF001 - as above


@of_every((example,) for command in every_command() for example in command.examples)
def test_an_example_in_the_help_can_be_called_as_it_stands(example: str) -> None:
    words = shlex.split(example)

    assert " ".join(parse(words[1:]).command.words) in example


BY_COMMAND = {
    "accept edit_line keep_as_note settle_mail": "inbox accept · inbox edit",
    "reject reject_because": "inbox reject · undo",
    "answer_mail": "inbox answer",
    "whole_mail": "inbox show",
    "send_now send_everything approve_agenda": "outbox send",
    "hold_back": "outbox hold",
    "read_letter": "outbox show",
    "look": "poll · deliver",
    "undo": "undo",
    "step": "demo",
    "plan_talk": "meeting plan",
    "move_talk": "meeting move",
    "repeat_talks": "meeting repeat",
    "cancel_talk": "meeting cancel",
    "talk_held": "meeting held",
    "no_talk": "meeting missed",
    "give_feedback": "feedback",
    "read_agenda prepare prepare_this prepare_talk own_line add_point": "agenda",
    "take_point tick_point point_minutes point_down point_up edit_point": "agenda · question edit",
    "swap_question": "question swap",
    "pin_question": "question pin",
    "promise_kept": "promise kept · promise dropped",
    "take_promise": "promise add",
    "put_aside": "inbox accept · promise kept",
    "take_note private_note write_down": "person edit",
    "take_reading": "check-in",
    "try_tactic": "tactic add · tactic start · tactic end",
    "turn_tactic to_tactic": "tactic turn",
    "describe_line": "okr describe",
    "write_evidence": "okr history",
    "paste_set start_example save_set": "okr import",
    "refine_set": "okr edit · okr revise",
    "ask_to_agree": "okr refine",
    "activate_set": "okr activate",
    "close_set close_cycle": "okr close",
    "ignore_finding": "okr coach",
    "add_person": "person add",
    "end_mentorship": "person end",
    "erase_person": "person erase",
    "pause_letters": "person pause",
    "go_away": "away",
    "resume_letters": "person resume",
    "export_person": "person export",
    "export_report": "report",
}
"""The commands that do what a key of the screens does."""
ONLY_SEEN = """
open · filter · keys · other_theme · next_mail · other_side · next_talk · talk_before · next_person · previous_person
fold · show_okrs · next_finding · leave_editor · editor_keys
"""
"""Keys that change what is seen, and nothing else."""


def test_what_a_key_of_the_screens_does_a_command_does_too() -> None:
    rooms = (import_module(f"okrmate.tui.commands.{each.name}") for each in iter_modules(commands.__path__))
    known = {name for room in rooms for name, each in vars(room).items() if _is_command(each)}
    keys = {name for names in BY_COMMAND for name in names.split()} | _named(ONLY_SEEN)

    assert {_snake(name) for name in known} == keys
    assert {name for names in BY_COMMAND.values() for name in _named(names)} <= _named(PROMISED)


def _is_command(found: object) -> bool:
    return isinstance(found, type) and issubclass(found, ScreenCommand) and found is not ScreenCommand


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
