"""What is wrong with a request, as `application/problem+json` (RFC 9457), all faults at once."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from attrs import Factory, frozen

from subsim.basics.faults import Faults, InputError, InputErrors, Place
from subsim.basics.languages import Code, FileWording, language
from subsim.basics.texts import Message, Plural
from subsim.files.one_world import OPTION

MEDIA_TYPE = "application/problem+json"


@frozen
class _RequestWording(FileWording):
    """The same for requests, whose options are no words of a command line."""

    def translate(self, template: str) -> str:
        """The template in the language."""
        return super().translate(_OF_REQUESTS.get(template, template))


_OF_REQUESTS = {OPTION: Message("the option assume: {setting}").template}


def in_language(message: Message, code: Code) -> str:
    """A message in a language, in printable characters, with days as in files."""
    text = message.text(_RequestWording(language(code)))
    return "".join(
        each if each.isprintable() else " " if each in "\t\n" else "\N{REPLACEMENT CHARACTER}" for each in text
    )


@frozen(kw_only=True)
class Fault:
    """One fault: the JSON Pointer of the value in the body, or the name of the query's parameter."""

    pointer: str | None
    parameter: str | None
    message: Message
    remedy: Message | None = None


class Problem(Exception):  # noqa: N818 - a problem is what the answer says, not an error of ours
    """A request that cannot be answered: its status, the faults, and more keys of the answer."""

    def __init__(
        self,
        status: int,
        detail: Message,
        faults: tuple[Fault, ...] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.faults = status, detail, faults
        self.headers, self.more = dict(headers or {}), more

    def to_dict(self, code: Code) -> dict[str, Any]:
        """The JSON of the problem, in the words of a language."""

        def text(message: Message | None) -> str | None:
            return None if message is None else in_language(message, code)

        return {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": text(self.detail),
            "errors": [
                {
                    "pointer": fault.pointer,
                    "parameter": fault.parameter,
                    "message": text(fault.message),
                    "remedy": text(fault.remedy),
                }
                for fault in self.faults
            ],
            **self.more,
        }

    def body(self, code: Code) -> bytes:
        """The same as bytes."""
        return json.dumps(self.to_dict(code), ensure_ascii=False).encode()


@frozen
class Places:
    """The places of a request's values; the line of a place is the number of its pointer or parameter, from 1."""

    known: list[tuple[str | None, str | None]] = Factory(list)

    def pointer(self, pointer: str) -> Place:
        """A new place in the body."""
        self.known.append((pointer, None))
        return Place(len(self.known), 1)

    def parameter(self, name: str) -> Place:
        """A new place in the query."""
        self.known.append((None, name))
        return Place(len(self.known), 1)

    def fault(self, error: InputError) -> Fault:
        """A fault at its place in the request; without a place it is one of the whole body."""
        pointer, parameter = self.known[error.line - 1] if error.line <= len(self.known) else ("", None)
        return Fault(pointer=pointer, parameter=parameter, message=error.text, remedy=error.advice)

    def problem(self, errors: InputErrors) -> Problem:
        """All faults of a request's content."""
        faults = tuple(map(self.fault, errors.errors))
        count = len(faults)
        detail = Plural("the request has {n} fault", "the request has {n} faults", n=count)
        return Problem(422, detail, faults)


def fault_at(place: Place, message: Message, remedy: Message | None = None) -> InputErrors:
    """A single fault at a place."""
    faults = Faults("", "")
    faults.add(place, message, remedy)
    return faults.as_errors()
