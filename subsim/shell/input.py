"""The input of commands: scenarios from a file, standard input or a base, and the subscription asked about."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors, no_such
from subsim.basics.texts import Message, join_words
from subsim.shell.options import localize
from subsim.shell.remarks import remark_on, remark_on_sign_up
from subsim.shell.scenario_options import assuming, check_assumptions, check_policy_choice, under_terms
from subsim.shell.streams import standard_input

if TYPE_CHECKING:
    from subsim.files.scenario import Scenario
    from subsim.terms.policies import Policy


STDIN = "<stdin>"
"""The name of standard input in errors."""

_FOLDER = "scenarios"


def policy_of(scenario: "Scenario", remedy: Message) -> "Policy":
    """The policy that a scenario names; InputErrors where it names none."""
    if scenario.policy is None:
        raise scenario.fault(None, Message("the file names no policy"), remedy)
    return scenario.policy


def read_scenario(file: str, policy: str | None = None, day: Day | None = None) -> "Scenario":
    """The scenario of FILE: a file, `-`, or a member of a base as `@ID`.

    `day` is the day asked about, or the last one replayed, for a remark on standard error.
    """
    scenario = _read_any(file, policy)
    if day is not None:
        remark_on(file, scenario, day)
    return scenario


def _read_any(file: str, policy: str | None) -> "Scenario":
    from subsim.shell.base import check_no_base_asked, is_member, member_scenario

    if is_member(file):
        scenario = member_scenario(file, policy)
    else:
        check_no_base_asked()
        scenario = read_file(file, policy)
    check_policy_choice(filter(None, [scenario.policy]))
    check_assumptions(scenario.doubts)
    return under_terms(assuming(scenario))


def read_file(file: str, policy: str | None = None) -> "Scenario":
    """The scenario of a file, or of standard input for `-`; InputErrors if it cannot be read."""
    from subsim.files.scenario import load, loads

    return loads(standard_input(), STDIN, policy) if file == "-" else load(file, policy)


def subscription_meant(scenario: "Scenario", date: Day, given: str | None) -> str:
    """The subscription asked about; a usage error on the option where there is none or it is not clear."""
    try:
        meant = scenario.subscription_meant(date, given)
    except InputErrors:
        ids = scenario.subscriptions
        which = Message("which subscription is meant?\nthere are {ids}", ids=join_words(ids, "and"))
        fault = which if given is None else no_such(Message("subscription"), given, ids)
        raise click.BadParameter(localize(fault), param_hint="'--subscription'") from None
    remark_on_sign_up(scenario, meant, date)
    return meant


def scenario_files(paths: tuple[str, ...]) -> Iterator[str]:
    """The scenario files that these paths name, those of a folder in sorted order."""
    if not paths and not os.path.isdir(_FOLDER):
        fault = Message("there is no folder {folder} here: name the files and folders to run", folder=repr(_FOLDER))
        raise click.UsageError(localize(fault))
    for path in paths or (_FOLDER,):
        if os.path.isdir(path):
            yield from sorted(_files_in(path)) or (path,)
        else:
            yield path


def _files_in(folder: str) -> Iterator[str]:
    for place, _folders, names in os.walk(folder):
        yield from (os.path.join(place, name) for name in names if name.lower().endswith((".yaml", ".yml")))


def keep_input(file: str, output: str | None) -> None:
    """Refuse to overwrite the input file, also under another name."""
    from os.path import exists, samefile

    if output and exists(file) and exists(output) and samefile(file, output):
        fault = Message("{path} is the file that is read: name another", path=repr(output))
        raise click.BadParameter(localize(fault), param_hint="'--output'")
