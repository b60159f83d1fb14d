# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: how long it takes to tell very many people something.

PERSON_COUNT partners are made by SQL unless they are there; best in a scratch database.
A notice to all of them is counted, written down, written down once more, and its first
ones are found; all of that is undone. The result goes to RESULT_PATH.
"""

import json
import os
import time
from pathlib import Path

from odoo.tools import SQL

PERSON_COUNT = int(os.environ.get("PERSON_COUNT", "1700000"))
WINDOW = "benchmark"
system = env(su=True)  # noqa: F821
cursor = system.cr
Notice = system["telecom.notice"]


def generate():
    """Make the partners unless there are enough."""
    there = system["res.partner"].search_count([])
    if there >= PERSON_COUNT:
        return
    cursor.execute(
        SQL(
            "INSERT INTO res_partner (name, complete_name, active, lang, email, phone,"
            " type, autopost_bills)"
            " SELECT 'Person ' || n, 'Person ' || n, true, 'ca_ES', 'p' || n ||"
            " '@example.org', '+346' || lpad(n::text, 8, '0'), 'contact', 'ask'"
            " FROM generate_series(%s::int, %s) AS n",
            there + 1,
            PERSON_COUNT,
        )
    )
    cursor.execute(SQL("ANALYZE res_partner"))
    cursor.commit()


def kind():
    """Return a kind of notice about partners."""
    return system["telecom.notice.kind"].create(
        {
            "name": "Benchmark",
            "code": "benchmark",
            "model_id": system["ir.model"]._get_id("res.partner"),
            "partner_path": False,
            "purpose_id": system["telecom.notice.purpose"].search([], limit=1).id,
            "subject": "News",
            "body": "<p>News</p>",
        }
    )


def timed(action):
    """Return (seconds, what the action returns)."""
    started = time.perf_counter()
    value = action()
    system.flush_all()
    return round(time.perf_counter() - started, 2), value


def sizes():
    """Return MB of the table and of its indexes."""
    cursor.execute(
        SQL(
            "SELECT round(pg_table_size('telecom_notice') / 1e6),"
            " round(pg_indexes_size('telecom_notice') / 1e6)"
        )
    )
    return [int(number) for number in cursor.fetchone()]


def announce():
    """Tell everybody."""
    return Notice._announce_domain("benchmark", [("id", ">", 0)], WINDOW)


generate()
own_kind = kind()
result = {"load": os.getloadavg()[0], "mb_before": sizes()}
result["counted"] = timed(lambda: Notice._count_audience(own_kind, [("id", ">", 0)]))
result["written"] = timed(announce)
result["mb_after"] = sizes()
result["repeated"] = timed(announce)
cursor.execute(SQL("ANALYZE telecom_notice"))
result["next_50"] = timed(
    lambda: len(Notice._list_due(system.company, "mail", 50))  # noqa: F821
)
result["of_one_person"] = timed(
    lambda: Notice.search_count([("partner_id", "=", PERSON_COUNT // 2)])
)
print(json.dumps(result, indent=1))
cursor.rollback()
if "RESULT_PATH" in os.environ:
    Path(os.environ["RESULT_PATH"]).write_text(json.dumps(result), encoding="utf-8")
