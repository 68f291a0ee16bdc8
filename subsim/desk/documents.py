"""The description of the API: as OpenAPI for programs, and as a page that loads nothing from outside."""

import json
from typing import Any

from litestar import Response

from subsim.desk.api import Asking, Handle, json_response
from subsim.desk.openapi import openapi
from subsim.desk.visit import templates


def documents() -> dict[tuple[str, str], Handle]:
    """The paths of the description."""
    return {("GET", "/api/openapi.json"): _openapi, ("GET", "/api/docs"): _docs}


async def _openapi(_request: Asking) -> Response[bytes]:
    return json_response(openapi())


async def _docs(_request: Asking) -> Response[bytes]:
    document = openapi()
    operations = [
        {"method": method.upper(), "path": path, **operation, "body": _indented(_body(operation))}
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    schemas = {name: _indented(schema) for name, schema in document["components"]["schemas"].items()}
    text = (
        templates()
        .get_template("docs.html")
        .render(
            title=document["info"]["title"],
            description=document["info"]["description"],
            operations=operations,
            schemas=schemas,
        )
    )
    return Response(text.encode(), media_type="text/html")


def _body(operation: dict[str, Any]) -> Any:
    body = operation.get("requestBody")
    return None if body is None else body["content"]["application/json"]["schema"]


def _indented(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=2)
