# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: how long telling a duplicate takes among many partners.

PARTNER_COUNT partners with their keys are made by SQL (queries/generate_partners.sql).
Then a sample is looked for as an agent would type it; keys of some are compared with
what the addon makes, so that the measure is about real keys. What is generated stays in
the database, which is best a scratch one: the next run finds it there. The result goes
to RESULT_PATH.
"""

import json
import os
import random
import time
from pathlib import Path

from odoo.tools import SQL

PARTNER_COUNT = int(os.environ.get("PARTNER_COUNT", "1700000"))
LOOKUPS, CREATED = 1000, 500
QUERY = Path(os.environ["QUERY_PATH"]) if "QUERY_PATH" in os.environ else None
Partner = env["res.partner"]  # noqa: F821
cursor = env.cr  # noqa: F821
chance = random.Random(1)


def percentiles(seconds):
    """Return median, 95th and 99th percentile and the most, in milliseconds."""
    ordered = sorted(seconds)
    return {
        name: round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1))
    }


def timed(action, inputs):
    """Return percentiles of an action over inputs, each with a cold ORM cache."""
    found = []
    for value in inputs:
        env.invalidate_all()  # noqa: F821
        started = time.perf_counter()
        action(value)
        found.append(time.perf_counter() - started)
    return percentiles(found)


def generate():
    """Make the partners unless they are there; return the seconds it took."""
    if Partner.search_count([("ref", "=", f"B{PARTNER_COUNT}")]):
        return 0
    started = time.perf_counter()
    cursor.execute(SQL(QUERY.read_text(), partner_count=PARTNER_COUNT))
    cursor.commit()
    for table in ("res_partner", "telecom_partner_key"):
        cursor.execute(SQL("ANALYZE %s", SQL.identifier(table)))
    cursor.commit()
    return round(time.perf_counter() - started, 1)


def typed(partner):
    """Return a partner as somebody types it who doesn't know it is there."""
    return {
        "name": partner.name.upper(),
        "phone": (partner.phone or "").removeprefix("+34"),
        "email": partner.email,
        "street": partner.street,
        "zip": partner.zip,
        "country": "ES",
    }


def sample(count):
    """Return partners taken by chance."""
    refs = [f"B{chance.randint(1, PARTNER_COUNT)}" for _ in range(count)]
    return Partner.search([("ref", "in", refs)])


def wrong_keys(partners):
    """Return how many partners have other keys than the addon would write."""
    rows = env["telecom.partner.key"].search([("partner_id", "in", partners.ids)])  # noqa: F821
    held = rows.grouped("partner_id")
    return sum(
        {(key.kind, key.value) for key in held.get(partner, rows.browse())}
        != partner._data_keys()
        for partner in partners
    )


def create_some(count):
    """Return seconds to create partners as an import does, then undo it."""
    vals = [
        {**typed(p), "country_id": p.country_id.id, "name": p.name}
        for p in sample(count)
    ]
    for values in vals:
        del values["country"]
    started = time.perf_counter()
    with cursor.savepoint() as savepoint:
        Partner.create(vals)
        env.flush_all()  # noqa: F821
        seconds = time.perf_counter() - started
        savepoint.rollback()
    env.invalidate_all()  # noqa: F821
    return seconds


result = {"generated_seconds": generate()}
known = sample(LOOKUPS)
result["wrong_keys"] = wrong_keys(known[:200])
asked = [typed(partner) for partner in known]
strangers = [
    {"name": "Nobody Here", "phone": f"6{n:08}", "zip": "08999"} for n in range(LOOKUPS)
]
timed(Partner._duplicate_candidates, asked[:50])
result["known_ms"] = timed(Partner._duplicate_candidates, asked)
result["stranger_ms"] = timed(Partner._duplicate_candidates, strangers)
phones = [partner.phone for partner in known[:200]]
result["find_customer_ms"] = timed(Partner.find_customer, phones)
env.invalidate_all()  # noqa: F821
result["summary_ms"] = timed(lambda p: p.customer_summary(), known[:200])
result["found_share"] = round(
    sum(bool(Partner._duplicate_candidates(values)) for values in asked) / len(asked), 3
)
result["created_seconds"] = round(create_some(CREATED), 2)
started = time.perf_counter()
result["findings"] = env["telecom.partner.finding"]._refresh()  # noqa: F821
result["findings_seconds"] = round(time.perf_counter() - started, 1)
cursor.execute(
    SQL(
        "SELECT count(*), pg_size_pretty(pg_total_relation_size('telecom_partner_key'))"
        " FROM telecom_partner_key"
    )
)
result["keys"], result["keys_size"] = cursor.fetchone()
cursor.execute(SQL("SELECT count(*) FROM res_partner"))
(result["partners"],) = cursor.fetchone()
print(json.dumps(result, indent=1))
if "RESULT_PATH" in os.environ:
    Path(os.environ["RESULT_PATH"]).write_text(json.dumps(result), encoding="utf-8")
