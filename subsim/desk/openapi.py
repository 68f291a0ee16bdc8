"""The API described as OpenAPI 3.1, from the classes by which requests are read, and a page that shows it."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from subsim.api.schemas import RESULTS, result_schemas
from subsim.base.directory import USUALLY_FOUND
from subsim.basics.json_object import table_of
from subsim.desk.api import ANSWER, LANG, LIST, MEMBER, RETRACT, WRITE
from subsim.desk.options import REPEATED, Choice
from subsim.desk.questions import JSON, PICTURE, QUESTIONS, Question
from subsim.files.format import ScenarioFile
from subsim.files.keys import kind_of
from subsim.files.kinds import EventKind
from subsim.files.schema import schema_of

Schema = dict[str, Any]

_REF, _DEFS = "#/components/schemas/", "#/$defs/"
_NULL = {"type": "null"}
_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}
_DATE = {"type": "string", "format": "date"}
_INSTANT = {"type": "string", "format": "date-time"}

DESCRIPTIONS = {
    400: "The body is not JSON in UTF-8, or the Host is not one of this desk",
    401: "No token, or a wrong one",
    403: "A write where none is allowed, or a request from another site",
    404: "No such member, or no such fact that stands",
    405: "The path does not take this method",
    409: "The write was based on another version than the present one",
    413: "The body is larger than 1,000,000 bytes",
    415: "The body is not application/json, or compressed",
    422: "A fault of the content, in the body or the query",
    429: "Too many wrong tokens from this address",
    503: "The base does not answer, or the answer took longer than 10 s",
}
_OF_ALL = (400, 401, 405, 422, 429, 503)
_OF_POSTS = (403, 413, 415)


@cache
def openapi() -> Schema:
    """The whole document."""
    definitions: dict[str, Schema] = {}
    paths: dict[str, Schema] = {}
    scenario = schema_of(kind_of(ScenarioFile), definitions)
    event = schema_of(EventKind(), definitions)
    for name, question in QUESTIONS.items():
        body = _body(question.choice(parts=("scenario",)), definitions, {"scenario": scenario})
        paths[f"/api/v1/{name}"] = {"post": _operation(question, body=body, more=_OF_POSTS)}
        member = f"/api/v1/members/{{id}}/{name}"
        if question.required:
            body = _body(question.choice("known_at"), definitions, {})
            paths[member] = {"post": _operation(question, body=body, more=(*_OF_POSTS, 404), of_member=True)}
        else:
            parameters = _parameters(question.choice("known_at"), definitions)
            paths[member] = {"get": _operation(question, parameters=parameters, more=(404,), of_member=True)}
    parameters = _parameters(PICTURE.choice("known_at"), definitions)
    paths["/api/v1/members/{id}/picture.svg"] = {
        "get": _operation(PICTURE, parameters=parameters, more=(404,), of_member=True)
    }
    paths |= _paths_of_base(definitions, event) | _paths_of_catalogues()
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "subsim",
            "version": _version(),
            "description": "What the Kabelplus subscription terms make of a member: the questions of the commands, "
            "asked of a scenario in the body or of a member of the base.",
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": dict(sorted((definitions | _results() | _schemas(scenario, event)).items())),
        },
    }
    found: Schema = json.loads(json.dumps(document).replace(_DEFS, _REF))
    return found


def _version() -> str:
    try:
        return version("subsim")
    except PackageNotFoundError:  # run from its sources
        return "0"


# Operations


def _operation(
    question: Question,
    *,
    body: Schema | None = None,
    parameters: Iterable[Schema] = (),
    more: Iterable[int] = (),
    of_member: bool = False,
) -> Schema:
    media = set(question.formats.values()) or {JSON}
    content = {each.partition(";")[0]: {"schema": _result(question, each)} for each in sorted(media)}
    words = f"What subsim {question.name} answers" if question is not PICTURE else "The picture of subsim draw"
    name = f"{question.name.replace('.', '-')}{'-of-member' if of_member else ''}"
    path = [_in_path("id")] if of_member else []
    return _described(words, name, {200: content}, body, [*path, *parameters], more)


def _result(question: Question, media: str) -> Schema:
    return {"$ref": f"{_REF}{_title(question.name)}"} if media == JSON else _TEXT


def _described(
    words: str,
    name: str,
    results: Mapping[int, Schema],
    body: Schema | None,
    parameters: list[Schema],
    more: Iterable[int],
) -> Schema:
    problems = {*_OF_ALL, *more}
    problem = {"application/problem+json": {"schema": {"$ref": f"{_REF}Problem"}}}
    responses: Schema = {str(status): {"description": words, "content": content} for status, content in results.items()}
    for status in sorted(problems):
        responses[str(status)] = {"description": DESCRIPTIONS[status], "content": problem}
        if status in _HEADERS:
            responses[str(status)]["headers"] = {_HEADERS[status]: {"schema": _TEXT}}
    operation: Schema = {"operationId": name, "summary": words, "responses": responses}
    if parameters:
        operation["parameters"] = parameters
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": body}}}
    return operation


_HEADERS = {401: "WWW-Authenticate", 405: "Allow", 429: "Retry-After"}


def _in_path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _parameters(choice: Choice, definitions: dict[str, Schema]) -> list[Schema]:
    found = []
    for name in choice.parameters:
        if name in REPEATED:
            pattern = {"type": "string", "pattern": "^[^=]+=.+$"}
            found.append({"name": name, "in": "query", "schema": {"type": "array", "items": pattern}, "explode": True})
        else:
            found.append({"name": name, "in": "query", "schema": _option(choice, name, definitions)})
    return found


def _body(choice: Choice, definitions: dict[str, Schema], parts: Mapping[str, Schema]) -> Schema:
    properties = {name: _option(choice, name, definitions) for name in choice.names}
    return {
        "type": "object",
        "properties": {**parts, **properties},
        "required": list(choice.required),
        "additionalProperties": False,
    }


def _option(choice: Choice, name: str, definitions: dict[str, Schema]) -> Schema:
    usual = {"default": USUALLY_FOUND} if name == "limit" else {}
    return schema_of(choice.kind(name), definitions) | usual


def _paths_of_base(definitions: dict[str, Schema], event: Schema) -> dict[str, Schema]:
    id, fact = _in_path("id"), _in_path("fact")
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        "description": "The same request under the same key gives its first answer and records nothing.",
    }
    writes = (*_OF_POSTS, 404, 409)
    written = {JSON: {"schema": {"$ref": f"{_REF}Written"}}}
    record = _body(WRITE, definitions, {"event": event})
    retract = _body(RETRACT, definitions, {})

    def gives(name: str) -> dict[int, Schema]:
        return {200: {JSON: {"schema": {"$ref": f"{_REF}{name}"}}}}

    return {
        "/api/v1/members": {
            "get": _described(
                "Members by id, or those found", "members", gives("Members"), None, _parameters(LIST, definitions), ()
            )
        },
        "/api/v1/members/{id}": {
            "get": _described(
                "A member and the facts that stand",
                "member",
                gives("Member"),
                None,
                [id, *_parameters(MEMBER, definitions)],
                (404,),
            )
        },
        "/api/v1/members/{id}/history": {
            "get": _described(
                "Every record of a member, and the answers given",
                "history",
                gives("History"),
                None,
                [id, *_parameters(LANG, definitions)],
                (404,),
            )
        },
        "/api/v1/members/{id}/events": {
            "post": _described(
                "Record an event, or only try it", "record", {200: written, 201: written}, record, [id, key], writes
            )
        },
        "/api/v1/members/{id}/events/{fact}/correct": {
            "post": _described("Correct a fact", "correct", {200: written}, record, [id, fact, key], writes)
        },
        "/api/v1/members/{id}/events/{fact}/retract": {
            "post": _described("Retract a fact", "retract", {200: written}, retract, [id, fact, key], writes)
        },
        "/api/v1/members/{id}/answers": {
            "post": _described(
                "Keep an answer",
                "keep-answer",
                {201: {JSON: {"schema": {"$ref": f"{_REF}AnswerGiven"}}}},
                _body(ANSWER, definitions, {}),
                [id, key],
                (*_OF_POSTS, 404),
            )
        },
    }


def _paths_of_catalogues() -> dict[str, Schema]:
    lang = _parameters(Choice(names=("lang",)), {})

    def plain(words: str, name: str, kind: str, more: tuple[int, ...] = ()) -> Schema:
        return {"get": _described(words, name, {200: {JSON: {"schema": {"type": kind}}}}, None, lang, more)}

    health = {"type": "object", "properties": {"status": {"const": "ok"}}, "required": ["status"]}
    return {
        "/api/v1/clauses": plain("The clauses of the terms", "clauses", "array"),
        "/api/v1/readings": plain("The contested points and the numbers", "readings", "object"),
        "/api/v1/schema": plain("The JSON Schema of scenarios", "schema", "object"),
        "/healthz": {
            "get": _described("Whether the base answers", "health", {200: {JSON: {"schema": health}}}, None, [], ())
        },
    }


# Schemas of what is answered


def _object(properties: Mapping[str, Schema], nullable: Iterable[str] = ()) -> Schema:
    may_be_null = set(nullable)
    return {
        "type": "object",
        "properties": {
            name: {"anyOf": [kind, _NULL]} if name in may_be_null else dict(kind) for name, kind in properties.items()
        },
        "required": list(properties),
    }


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _title(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def _results() -> dict[str, Schema]:
    """The results of the questions, by the name of the command, and the objects in them."""
    schemas = result_schemas()
    names = (name for name in (*QUESTIONS, "retention") if name in RESULTS)
    results = {_title(name): schemas.reference(table_of(RESULTS[name])) for name in names}
    return results | schemas.definitions


def _schemas(scenario: Schema, event: Schema) -> dict[str, Schema]:
    recorded = {"recorded_at": _INSTANT, "recorded_by": _TEXT}
    fault = _object(
        dict.fromkeys(("pointer", "parameter", "message", "remedy"), _TEXT), ("pointer", "parameter", "remedy")
    )
    subscription = _object({"id": _TEXT, "package": _TEXT, "state": _TEXT})
    person = {"id": _TEXT, "name": _TEXT, "email": _TEXT, "phone": _TEXT, "version": _NUMBER}
    fact = _object({"fact": _NUMBER, "event": event, **recorded, "note": _TEXT}, ("recorded_by", "note"))
    entry = _object(
        {
            "fact": _NUMBER,
            "action": {"enum": ["imported", "recorded", "corrected", "retracted"]},
            "event": event,
            **recorded,
            "note": _TEXT,
        },
        ("event", "recorded_by", "note"),
    )
    answer = _object(
        {
            "answer": _NUMBER,
            "date": _DATE,
            "subscription": _TEXT,
            "language": _TEXT,
            "check": _TEXT,
            "text": _TEXT,
            "still": {"type": "boolean"},
            **recorded,
        },
        ("recorded_by",),
    )
    changes = {"anyOf": [{"$ref": f"{_REF}WhatIf"}, {"type": "null"}]}
    return {
        "Problem": _object({"type": _TEXT, "title": _TEXT, "status": _NUMBER, "detail": _TEXT, "errors": _list(fault)}),
        "Members": _object(
            {
                "members": _list(_object({**person, "subscriptions": _list(subscription)}, ("name", "email", "phone"))),
                "next": _TEXT,
            },
            ("next",),
        ),
        "Member": _object({"id": _TEXT, "version": _NUMBER, "scenario": scenario, "facts": _list(fact)}),
        "History": _object({"id": _TEXT, "version": _NUMBER, "history": _list(entry), "answers": _list(answer)}),
        "AnswerGiven": answer,
        "Written": _object(
            {"fact": _NUMBER, "version": _NUMBER, **recorded, "note": _TEXT, "changes": changes},
            ("fact", "recorded_at", "recorded_by", "note"),
        ),
    }
