# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Money, dates and usage as the reader's language writes them.

The conventions (separators, side of the currency sign, month names) are Babel's CLDR
data, read once per language; formatting itself is plain string work because a bill
run formats a few million values.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import get_currency_precision, get_currency_symbol

from .document import UsageUnit

KIBIBYTE = 1024
MEGABYTE = KIBIBYTE**2
GIGABYTE = KIBIBYTE**3
NBSP = "\u00a0"
MINUS = "\u2212"


@lru_cache(maxsize=64)
def local_format(language: str, currency: str = "EUR") -> "LocalFormat":
    """Return the (cached) formatter of a language and currency.

    :param str language: ``ca``, ``ca_ES``, ``es_ES``, ``en_US`` …
    :raise ValueError: when the language code can't be read
    """
    return LocalFormat(language, currency)


class LocalFormat:
    """Writes values in one language and currency."""

    def __init__(self, language, currency):
        try:
            self.locale = Locale.parse(language.replace("-", "_").split("@")[0])
        except (UnknownLocaleError, ValueError) as error:
            raise ValueError(
                f"The bill's language {language!r} is unknown: give a code such as "
                "'ca', 'es_ES' or 'en_GB'."
            ) from error
        symbols = self.locale.number_symbols
        symbols = symbols.get("latn", symbols)
        self._separators = str.maketrans(
            {",": symbols["group"], ".": symbols["decimal"], "-": MINUS}
        )
        symbol = self.currency_symbol = get_currency_symbol(currency, self.locale)
        pattern = self.locale.currency_formats["standard"].pattern.split(";")[0]
        is_after = pattern.rstrip("\u200e\u200f").endswith("¤")
        self._before = "" if is_after else symbol
        self._after = NBSP + symbol if is_after else ""
        self._cents = Decimal(1).scaleb(-get_currency_precision(currency))
        self._date_cache = {}

    # numbers

    def number(self, value: Decimal, decimals: int = 0) -> str:
        """Return ``value`` with thousands separators and fixed decimals."""
        step = Decimal(1).scaleb(-decimals)
        rounded = value.quantize(step, rounding=ROUND_HALF_UP)
        return f"{rounded + 0:,f}".translate(self._separators)

    def money(self, amount: Decimal) -> str:
        """Return an amount of the bill: rounded to the currency, with its sign."""
        rounded = amount.quantize(self._cents, rounding=ROUND_HALF_UP) + 0
        text = f"{abs(rounded):,f}".translate(self._separators)
        sign = MINUS if rounded < 0 else ""
        return f"{sign}{self._before}{text}{self._after}"

    def rated(self, amount: Decimal, decimals: int) -> str:
        """Return a usage price before rounding to the currency, without symbol."""
        return f"{amount:,.{decimals}f}".translate(self._separators)

    # dates

    def _date(self, kind, day, write):
        key = kind, day
        if key not in self._date_cache:
            # One month's bills hold some forty dates; the bound only stops a
            # process that lives for years.
            if len(self._date_cache) > 5000:
                self._date_cache.clear()
            self._date_cache[key] = write(day)
        return self._date_cache[key]

    def medium_date(self, day: date) -> str:
        """Return "5 d'oct. 2026"."""
        return self._date(
            "medium", day, lambda day: format_date(day, "medium", self.locale)
        )

    def day_month(self, day: date) -> str:
        """Return "5 d'octubre"."""
        return self._date(
            "day_month",
            day,
            lambda day: format_skeleton("MMMMd", day, locale=self.locale),
        )

    def short_day(self, day: date) -> str:
        """Return "05/10", in the language's own order of day and month."""
        return self._date("short", day, self._write_short_day)

    def _write_short_day(self, day):
        skeleton = format_skeleton("MMdd", date(2000, 12, 31), locale=self.locale)
        is_month_first = skeleton.startswith("12")
        parts = (day.month, day.day) if is_month_first else (day.day, day.month)
        return "{:02d}/{:02d}".format(*parts)

    def month_title(self, day: date) -> str:
        """Return "Octubre 2026", a title that needs no preposition."""
        return self._date(
            "title",
            day,
            lambda day: _capitalise(format_date(day, "LLLL y", self.locale)),
        )

    def month_short(self, day: date) -> str:
        """Return "oct", for the axis of a chart."""
        return self._date(
            "axis", day, lambda day: format_date(day, "LLL", self.locale).rstrip(".")
        )

    def period(self, start: date, end: date) -> str:
        """Return "1–31 d'oct. 2026" for the half-open period [start, end)."""
        return self._interval("yMMMd", start, end)

    def short_period(self, start: date, end: date) -> str:
        """Return "15–31 d'oct." for the half-open period [start, end)."""
        return self._interval("MMMd", start, end)

    def _interval(self, skeleton, start, end):
        last = max(end - timedelta(days=1), start)
        return self._date(
            skeleton,
            (start, last),
            lambda days: format_interval(*days, skeleton, locale=self.locale),
        )

    # usage

    def usage(self, unit: UsageUnit, quantity: Decimal) -> str:
        """Return a summed quantity in a unit people use: min, MB, GB, or a count."""
        if unit == UsageUnit.SECOND:
            return f"{self._short(Decimal(quantity) / 60)}{NBSP}min"
        if unit == UsageUnit.BYTE:
            return self._volume(Decimal(quantity))
        return self.number(Decimal(quantity))

    def _volume(self, volume_bytes):
        if abs(volume_bytes) >= GIGABYTE:
            return f"{self._short(volume_bytes / GIGABYTE, 2)}{NBSP}GB"
        if volume_bytes and abs(volume_bytes) < MEGABYTE // 10:
            return f"{self._short(volume_bytes / KIBIBYTE)}{NBSP}KB"
        return f"{self._short(volume_bytes / MEGABYTE)}{NBSP}MB"

    def _short(self, value, decimals=1):
        """Return the number without trailing zero decimals."""
        rounded = round(value, decimals)
        while decimals and rounded == round(rounded, decimals - 1):
            decimals -= 1
        return self.number(rounded, decimals)

    def itemised(self, unit: UsageUnit, quantity: Decimal) -> str:
        """Return one event's quantity: a call as h:mm:ss, a session in MB."""
        if unit == UsageUnit.SECOND:
            minutes, seconds = divmod(int(quantity), 60)
            hours, minutes = divmod(minutes, 60)
            clock = f"{minutes:02d}:{seconds:02d}"
            return f"{hours}:{clock}" if hours else clock
        return self.usage(unit, quantity)

    def clock(self, moment: datetime) -> str:
        """Return the time of day of an event."""
        return f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}"


def _capitalise(text):
    return text[:1].upper() + text[1:]
