# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the seconds of loading went into, from what ``timed_odoo.py`` wrote."""

from .results import PartResult

_IN_TURN = {
    "start": "Odoo's start",
    "keep": "keep the files: fingerprint, compress, store",
    "copy": "COPY the rows into staging",
    "insert": "insert events: guide, find duplicates",
    "other_sql": "reject, count, clear staging",
}


def load_parts(seconds, total):
    """Return the parts of loading; those in turn add up to the whole.

    :param dict seconds: of each part, and of the loading of files
    :param float total: seconds of the whole program
    :return: list of ``PartResult``
    """
    parts = [PartResult(text, seconds.get(key, 0)) for key, text in _IN_TURN.items()]
    inside = sum(seconds.get(key, 0) for key in ("copy", "insert", "other_sql"))
    waited = seconds.get("load", 0) - inside
    parts.append(PartResult("wait for decoded rows, records of the files", waited))
    rest = total - sum(part.seconds for part in parts)
    parts.append(PartResult("commits, the run's own records, summary, end", rest))
    parts.append(PartResult("decode", seconds.get("decode", 0), is_beside=True))
    return parts
