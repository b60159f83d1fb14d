# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Data everywhere and all usage abroad: gzipped JSON lines, a file a day.

Times have the offset of where the user was, so that no hour is ambiguous.
"""

import re
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from ..calendar_month import HOME_ZONE
from .provider import Provider

#: Share of a session's bytes that goes up, as one part in so many.
_UPLINK_PART = 9
_TYPES = {"data": "DATA", "voice": "VOICE", "sms": "SMS"}
_CUT_LENGTH = 70


@cache
def _zone(name):
    return ZoneInfo(name)


def _substitute(pattern, text):
    """Return a breaker that writes another text over a pattern's first match."""
    compiled = re.compile(pattern)
    return lambda line: compiled.sub(text, line, count=1)


_QUANTITY = rb'("uplink"|"durationSeconds"|"messages"):\d+'


class DataRoaming(Provider):
    """Data of mobile lines anywhere; their voice and messages abroad."""

    name = "data_roaming"
    file_pattern = "DR_*.jsonl.gz"
    is_compressed = True
    breakers = {
        "structure": (
            lambda line: line[:_CUT_LENGTH],
            lambda line: b"[" + line + b"]",
        ),
        "bad_value": (
            _substitute(rb'"start":"[^"]+"', b'"start":"yesterday"'),
            _substitute(rb'"msisdn":"\+34', b'"msisdn":"unknown '),
            _substitute(_QUANTITY, rb'\1:"much"'),
        ),
        "missing_value": (
            _substitute(rb'"msisdn":"[^"]+",', b""),
            _substitute(rb'"start":"[^"]+",', b""),
        ),
        "unknown_usage_type": (_substitute(rb'"type":"\w+"', b'"type":"USSD"'),),
        "out_of_range": (
            _substitute(rb'"start":"\d{4}', b'"start":"2041'),
            _substitute(rb'"start":"\d{4}', b'"start":"2019'),
            _substitute(_QUANTITY, rb"\1:-9999999999999"),
        ),
        "encoding": (
            _substitute(rb'"recordId":"', b'"recordId":"\xf1'),
            _substitute(rb'"msisdn"', b'"note":"Catalu\xf1a","msisdn"'),
        ),
    }

    def file_name(self, day, sequence):
        """Return the name of the file that closes on a day."""
        return f"DR_{day.compact_date}.jsonl.gz"

    def encode(self, event, number):
        """Return an event as a detail line."""
        visited = event.visited
        zone = _zone(visited["time_zone"]) if visited else HOME_ZONE
        start = datetime.fromtimestamp(event.instant, zone).isoformat()
        text = (
            f'{{"recordId":"dr-{event.instant:x}-{number:07d}",'
            f'"type":"{_TYPES[event.usage_type]}","msisdn":"+{event.served_number}",'
            f'"start":"{start}",{self._quantity(event)}{self._place(visited, number)},'
            f'"cost":"{event.cost_micros // 1_000_000}'
            f'.{event.cost_micros % 1_000_000:06d}"}}'
        )
        return text.encode("utf-8")

    @staticmethod
    def _quantity(event):
        if event.usage_type == "data":
            up = event.quantity // _UPLINK_PART
            return f'"volume":{{"uplink":{up},"downlink":{event.quantity - up}}}'
        name = "durationSeconds" if event.usage_type == "voice" else "messages"
        way = "MT" if event.is_incoming else "MO"
        return (
            f'"{name}":{event.quantity},"peer":"+{event.party.digits}",'
            f'"direction":"{way}"'
        )

    @staticmethod
    def _place(visited, number):
        """Tell the visited network; at home some records name it and most don't."""
        if visited:
            code, country = visited["mobile_country_code"], visited["country"]
        elif number % 7 == 0:
            code, country = "214", "ES"
        else:
            return ""
        return f',"visited":{{"mcc":"{code}","country":"{country}"}}'
