"""The periods of members by one SQL query, as the work that a database could do of a replay.

Each period has the announced price of its first day, from the day of the sign-up on. Bindings, notices, trials, changes
of package and payments are left out.
"""

from collections.abc import Callable
from pathlib import Path

from subsim.basics.dates import Day
from subsim.membership.events import AnnouncePriceChange
from subsim.portfolio.database import database, file_named, literal
from subsim.portfolio.header import Header
from subsim.rules.renewal import PERIOD_MONTHS


def periods_by_sql(lines: list[bytes], header: Header, folder: Path) -> Callable[[], object]:
    """A function that counts the periods of these members and adds up their prices; it decodes in one thread."""
    file = folder / "sample.ndjson"
    file.write_bytes(b"".join(line + b"\n" for line in lines))
    connection = database()
    connection.execute("CREATE TABLE prices (package VARCHAR, since DATE, price BIGINT)")
    connection.executemany("INSERT INTO prices VALUES (?, ?, ?)", _prices(header))
    connection.execute("CREATE TABLE billings (billing VARCHAR, months BIGINT)")
    connection.executemany("INSERT INTO billings VALUES (?, ?)", list(PERIOD_MONTHS.items()))
    query = _QUERY.format(file=file_named(file), until=literal(header.until.isoformat()))
    return lambda: connection.execute(query).fetchall()


def _prices(header: Header) -> list[tuple[str, Day, int]]:
    """Every price of every package, with the first day on which it holds."""
    found = [(str(package), Day.min, int(price)) for package, price in header.prices.items()]
    for each in header.announcements:
        if isinstance(each, AnnouncePriceChange):
            found += [(str(package), each.effective, int(price)) for package, price in each.prices.items()]
    return found


_QUERY = """
WITH events AS (
    SELECT unnest(timeline) AS event FROM read_ndjson({file}, columns = {{
        timeline: 'STRUCT("date" DATE, "event" VARCHAR, package VARCHAR, billing VARCHAR)[]'
    }})
), sign_ups AS (
    SELECT event.date AS day, event.package AS package, months
    FROM events LEFT JOIN billings ON billings.billing = coalesce(event.billing, 'quarterly')
    WHERE event.event = 'sign_up'
), periods AS (
    SELECT package, months, day + to_months(number * months) AS starts
    FROM (
        SELECT *, unnest(range(0, date_diff('month', day, DATE {until}) // months + 1)) AS number FROM sign_ups
    )
)
SELECT count(*), sum(price * months)
FROM periods ASOF JOIN prices ON periods.package = prices.package AND periods.starts >= prices.since
WHERE periods.starts <= DATE {until}
"""
