# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A second reading of the generated files, written from the layouts alone.

It shares no code with the generator: each row is parsed, checked and guided by what
``world.json`` says, so that the truth the generator tells can be proved.
"""

import gzip
import json
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

MADRID = ZoneInfo("Europe/Madrid")
OLDEST = datetime(2025, 11, 1, tzinfo=timezone.utc)
NEWEST = datetime(2026, 12, 1, tzinfo=timezone.utc)
TYPES = {"VOZ": "voice", "SMS": "sms", "MMS": "mms"}
JSON_TYPES = {"VOICE": "voice", "SMS": "sms", "DATA": "data"}


class Faulty(Exception):
    """A row that is no usage; its argument is the reason."""


def read_rows(path):
    """Yield (line number, event key or None, served number, start, reason)."""
    reader = {"MW": _wholesale, "FI": _carrier, "DR": _roaming}[path.name[:2]]
    for number, raw in _details(path):
        try:
            key = reader(raw)
            _check_range(key)
        except Faulty as fault:
            yield number, None, None, None, fault.args[0]
        else:
            yield number, key, key[1], key[4], ""


def _details(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as lines:
        for number, raw in enumerate(lines, start=1):
            raw = raw.rstrip(b"\r\n")
            is_head = number == 1 and path.name.startswith("MW")
            if not is_head and not (path.name.startswith("FIX") and raw[:1] in b"HT"):
                yield number, raw


def _wholesale(raw):
    cells = raw.decode("iso-8859-15").split(";")
    if len(cells) != 10:
        raise Faulty("structure")
    _id, kind, way, origin, other, day, clock, quantity, cost, _text = cells
    if kind not in TYPES:
        raise Faulty("unknown_usage_type")
    start = _local(_required(day) + clock, "%d/%m/%Y%H:%M:%S")
    _integer(cost.replace(",", ""))
    direction = {"S": "outgoing", "E": "incoming"}[way]
    served, other = _number(_required(origin)), _number(other)
    amount = _integer(_required(quantity))
    return (TYPES[kind], served, other, direction, start, amount, "")


def _carrier(raw):
    try:
        text = raw.decode("ascii")
    except UnicodeDecodeError:
        raise Faulty("encoding") from None
    if len(text) != 90:
        raise Faulty("structure")
    served = _number(_required(text[9:24].strip()))
    start = _local(_required(text[44:52].strip()) + text[52:58], "%Y%m%d%H%M%S")
    direction = {"O": "outgoing", "I": "incoming"}[text[77]]
    other = _number(text[24:44].strip())
    return ("voice", served, other, direction, start, _integer(text[58:65]), "")


def _roaming(raw):
    try:
        row = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise Faulty("encoding") from None
    except ValueError:
        raise Faulty("structure") from None
    if not isinstance(row, dict):
        raise Faulty("structure")
    if row["type"] not in JSON_TYPES:
        raise Faulty("unknown_usage_type")
    served = _number(_required(row.get("msisdn")))
    try:
        start = datetime.fromisoformat(_required(row.get("start")))
    except ValueError:
        raise Faulty("bad_value") from None
    parts = row.get("volume") or {
        "only": row.get("durationSeconds", row.get("messages"))
    }
    quantity = sum(_integer(str(part)) for part in parts.values())
    direction = "incoming" if row.get("direction") == "MT" else "outgoing"
    country = row.get("visited", {}).get("country", "ES").replace("ES", "")
    other = _number(row["peer"]) if "peer" in row else ""
    kind = JSON_TYPES[row["type"]]
    return (
        kind,
        served,
        other,
        direction,
        start.astimezone(timezone.utc),
        quantity,
        country,
    )


def _check_range(key):
    if not OLDEST <= key[4] < NEWEST or key[5] < 0:
        raise Faulty("out_of_range")
    if key[0] == "voice" and timedelta(seconds=key[5]) > timedelta(days=1):
        raise Faulty("out_of_range")


def _required(text):
    if not text:
        raise Faulty("missing_value")
    return text


def _integer(text):
    try:
        return int(text)
    except ValueError:
        raise Faulty("bad_value") from None


def _local(text, pattern):
    try:
        moment = datetime.strptime(text, pattern)
    except ValueError:
        raise Faulty("bad_value") from None
    return moment.replace(tzinfo=MADRID, fold=0).astimezone(timezone.utc)


def _number(text):
    digits = text.removeprefix("+")
    if not digits.isdigit():
        raise Faulty("bad_value")
    if digits != text:
        return digits
    if digits.startswith("00"):
        return digits[2:]
    return digits if len(digits) == 11 else "34" + digits


class Guide:
    """Who held a number when, by ``world.json``."""

    def __init__(self, world):
        self._held = {row["name"]: [] for row in world["resources"]}
        for row in world["assignments"]:
            ends = row["end_at"] or "9999-01-01T00:00:00Z"
            self._held[row["resource"]].append(
                (row["start_at"], ends, row["subscription"])
            )
        self._tariff_dates = {
            row["code"]: row["activation_date"] for row in world["subscriptions"]
        }

    def verdict(self, number, start):
        """Return (outcome, reason, subscription) of a valid event."""
        if number not in self._held:
            return "received", "unknown_number", ""
        instant = start.strftime("%Y-%m-%dT%H:%M:%SZ")
        for begins, ends, subscription in self._held[number]:
            if begins <= instant < ends:
                date = start.astimezone(MADRID).date().isoformat()
                if date < self._tariff_dates[subscription]:
                    return "received", "no_tariff", ""
                return "guided", "", subscription
        return "received", "number_not_in_use", ""
