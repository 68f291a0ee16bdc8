"""Policy files: read into a policy with its statutes, or into located faults."""

import os
from functools import cache

from attrs import evolve

from subsim.basics.faults import START, Faults, InputErrors, nearest, quote
from subsim.basics.texts import Message, join_words
from subsim.files.keys import kind_of
from subsim.files.policy_checks import check_policy, check_statute
from subsim.files.reader import TreeReader
from subsim.files.source import bytes_of
from subsim.files.yaml_nodes import Node, decoded, tree
from subsim.terms.policies import Policy, Statute, with_statutes

STATUTE_NAMES = ("gdpr", "bfl")
"""The statutes that a policy may name, in their order."""
POLICY_NAMES = ("kabelplus", "cekura", "ciemtech", "cs-movies", "courlux")
"""The policies that ship with the package, in their order."""
_ENDINGS = (".yaml", ".yml")


@cache
def statutes() -> dict[str, Statute]:
    """The statutes beside the policies, by name."""
    return {name: _statute(_shipped(name), f"{name}.yaml") for name in STATUTE_NAMES}


@cache
def shipped_policy(name: str) -> Policy:
    """A policy that ships with the package."""
    return loads_policy(_shipped(name), f"{name}.yaml")


def load_policy(name: str, beside: str | None = "") -> Policy:
    """The policy of that name, or in that file; a relative path starts from the folder `beside` (None: no file).

    InputErrors holds all that is wrong with the file, or that there is none.
    """
    if name in POLICY_NAMES:
        return shipped_policy(name)
    if beside is None or not name.lower().endswith(_ENDINGS):
        message = Message("no policy is called {name}", name=quote(name))
        files = Message("name one of ours, or a file that ends in .yaml")
        remedy = nearest(name, POLICY_NAMES) or (
            Message("name one of {policies}", policies=join_words(POLICY_NAMES)) if beside is None else files
        )
        faults = Faults(name, "")
        faults.add(START, message, remedy)
        raise InputErrors(evolve(each, source=None) for each in faults.as_errors().errors)
    path = os.path.join(beside, name)
    return loads_policy(bytes_of(path), path)


def loads_policy(text: str | bytes, name: str = "<text>") -> Policy:
    """The policy in a text, or in the bytes of a file; InputErrors holds all that is wrong with it."""
    root, faults = _root(text, name)
    policy: Policy = TreeReader(faults).read(root, kind_of(Policy), Message("a policy"))
    check_policy(root, faults, statutes())
    if faults:
        raise faults.as_errors()
    return with_statutes(policy, statutes())


def _statute(text: bytes, name: str) -> Statute:
    root, faults = _root(text, name)
    statute: Statute = TreeReader(faults).read(root, kind_of(Statute), Message("a statute"))
    check_statute(root, faults)
    if faults:
        raise faults.as_errors()
    return statute


def _root(text: str | bytes, name: str) -> tuple[Node, Faults]:
    content = decoded(text, name) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    faults = Faults(name, content)
    root = tree(content, faults)
    if root is None:
        faults.add(START, Message("the file is empty"), Message("a policy begins with policy: and its name"))
        raise faults.as_errors()
    return root, faults


def _shipped(name: str) -> bytes:
    from importlib.resources import files  # needed only where a policy is

    return files("subsim").joinpath("policies", f"{name}.yaml").read_bytes()
