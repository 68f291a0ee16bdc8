"""The history of a member: every record, and the answers given."""

from litestar import Response

from subsim.base.history import history_of
from subsim.desk import clock
from subsim.desk.visit import Visit, page_of, stored_of_visit
from subsim.desk.words import EVENT_NAMES


def history_page(visit: Visit) -> Response[bytes]:
    """Every record of a member in the order of writing, and the answers given."""
    stored = stored_of_visit(visit, None)
    with visit.desk.database.reading() as connection:
        found = history_of(connection, visit.id, clock.current_day())
    view = visit.view
    records = [
        {
            **entry,
            "word": view.labels[entry["action"]],
            "day": view.days(entry["event"]["date"]) if entry["event"] else "",
            "name": EVENT_NAMES[entry["event"]["event"]].text(view.page) if entry["event"] else "",
            "fields": view.fields(entry["event"]) if entry["event"] else "",
            "at": view.instant(entry["recorded_at"]),
        }
        for entry in found["history"]
    ]
    answers = [
        {**entry, "day": view.iso(entry["date"]), "at": view.instant(entry["recorded_at"])}
        for entry in found["answers"]
    ]
    name = stored.keys.get("member", {}).get("name", "")
    return page_of(
        visit, "history.html", id=visit.id, name=name, records=records, answers=answers, member_path=visit.member_path()
    )
