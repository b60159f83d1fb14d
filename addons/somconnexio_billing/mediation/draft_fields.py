# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Columns of a sample -> a first draft of a format's fields.

Names are looked up in a list of what columns are called in Catalan, Spanish and
English; what their values look like decides about the type and the pattern.
"""

import re
from collections import Counter

from .errors import FieldError, SpecError
from .instants import FixedPattern, IsoReader

DATE_PATTERNS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d", "%Y/%m/%d")
TIME_PATTERNS = ("%H:%M:%S", "%H%M%S", "%H:%M")
# In the order of trust: the first name that fits takes the column.
NAMES = {
    "started_date": "fecha date data dia day calldate startdate fechallamada",
    "started_time": "hora time hour calltime starttime horallamada",
    "started_at": "start startedat datetime timestamp fechahora datahora inicio inici"
    " calldatetime begin eventtime",
    "served_number": "origen origin msisdn calling caller callingnumber anumber linea"
    " linia line telefono telefon numero number from source served subscriber",
    "other_number": "destino desti destination called callee callednumber bnumber peer"
    " to dialled dialed other numerodestino",
    "quantity": "cantidad quantitat quantity duracion durada duration seconds segundos"
    " segons durationseconds volume volumen bytes unidades units messages",
    "usage_type": "tipo tipus type service servicio servei usagetype calltype",
    "direction": "sentido sentit direction direccion direccio way",
    "wholesale_cost": "coste cost importe import amount price precio preu charge",
    "visited_country": "pais country visitedcountry visited roamingcountry",
    "external_id": "id idregistro recordid cdrid uniqueid callid registro ref",
}
MEANINGS = {
    "usage_type": {
        "voice": "voz veu voice call llamada trucada v",
        "sms": "sms s",
        "mms": "mms",
        "data": "data datos dades gprs internet d",
    },
    "direction": {
        "outgoing": "s out outgoing mo salida saliente sortida o outbound",
        "incoming": "e in incoming mt entrada entrante i inbound",
    },
}
_PLAIN = re.compile(r"[^a-z0-9]")
_INTEGER = re.compile(r"\d{1,15}", re.ASCII)
_DURATION = re.compile(r"\d{1,4}:\d{2}:\d{2}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,12}([.,])\d{1,9}", re.ASCII)


def draft_fields(columns):
    """Return fields as dictionaries with the attributes of ``FieldSpec``.

    :param columns: values by source: column name or number, dotted path
    """
    fields = []
    for target, source in _matched(columns).items():
        values = [value.strip() for value in columns[source] if value.strip()]
        fields.append({"target": target, "source": source, **_typed(target, values)})
    return _with_essentials(fields)


def decimal_separator(columns):
    """Return the sign before decimals, or None when nothing has decimals."""
    separators = Counter(
        found[1]
        for values in columns.values()
        for value in values
        if (found := _DECIMAL.fullmatch(value.strip()))
    )
    return separators.most_common(1)[0][0] if separators else None


def _matched(columns):
    """Return the source of each target whose usual names a column has."""
    plain = {
        _PLAIN.sub("", _unaccented(name.rpartition(".")[2])): name for name in columns
    }
    found, taken = {}, set()
    for target, names in NAMES.items():
        for name in names.split():
            if name in plain and plain[name] not in taken:
                found[target] = plain[name]
                taken.add(plain[name])
                break
    halves = {"started_date", "started_time"}
    if "started_at" in found or not halves <= set(found):
        whole = found.get("started_at") or found.get("started_date")
        for half in halves:
            found.pop(half, None)
        if whole:
            found["started_at"] = whole
    return found


def _unaccented(name):
    return name.lower().translate(str.maketrans("áàéèíóòúüçñ", "aaeeioouucn"))


def _typed(target, values):
    if target in ("served_number", "other_number"):
        return {"value_type": "number"}
    if target in MEANINGS:
        return {"value_type": "choice", "value_map": _meanings(target, values)}
    if target == "started_date":
        return {"value_type": "date", "pattern": _pattern(DATE_PATTERNS, values)}
    if target == "started_time":
        return {"value_type": "time", "pattern": _pattern(TIME_PATTERNS, values)}
    if target == "started_at":
        return {"value_type": "datetime", "pattern": _instant_pattern(values)}
    if target in ("quantity", "wholesale_cost"):
        return {"value_type": _number_type(target, values)}
    return {"value_type": "text"}


def _meanings(target, values):
    """Return what is written -> what it means; unknown ones are left for people."""
    meanings = {}
    for written, _count in Counter(values).most_common(20):
        for meaning, names in MEANINGS[target].items():
            if _unaccented(written) in names.split():
                meanings[written] = meaning
    return meanings


def _number_type(target, values):
    if target == "quantity" and _most(_DURATION.fullmatch, values):
        return "duration_hms"
    return "integer" if _most(_INTEGER.fullmatch, values) else "decimal"


def _most(test, values):
    return sum(1 for value in values if test(value)) * 2 > len(values)


def _instant_pattern(values):
    if _most(lambda value: _reads(IsoReader("UTC"), value), values):
        return "iso"
    patterns = [
        f"{date}{between}{time}"
        for date in DATE_PATTERNS
        for between in (" ", "", "T")
        for time in TIME_PATTERNS
    ]
    return _pattern(patterns, values)


def _pattern(patterns, values):
    for pattern in patterns:
        read = FixedPattern(pattern).read
        if 2 * sum(_reads(read, value) for value in values) > len(values):
            return pattern
    return patterns[0]


def _reads(read, value):
    try:
        read(value)
    except (FieldError, SpecError):
        return False
    return True


def _with_essentials(fields):
    """Add what an event cannot be without, as far as it may be taken for granted."""
    targets = {field["target"] for field in fields}
    for target, default in (("usage_type", "voice"), ("direction", "outgoing")):
        if target not in targets:
            fields.append(
                {"target": target, "value_type": "choice", "default": default}
            )
    return sorted(fields, key=lambda field: list(NAMES).index(field["target"]))
