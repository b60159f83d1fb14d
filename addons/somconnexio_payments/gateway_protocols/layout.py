# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How one bank writes: the protocol's own words with what its profile says else."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from .messages import Action
from .outcome import COMMENTS, Outcome, Refusal
from .values import read_amount, write_amount

AMOUNT_FORMATS = ("decimal", "decimal_2", "cents")


@dataclass(frozen=True)
class Layout:
    """The names, codes and formats of a profile.

    :param asks: our names of what a call carries → the bank's
    :param tells: our names of what an answer carries → the bank's
    :param words: our actions → the bank's words for them
    :param signs: our actions → our names of the fields that a signature covers
    :param codes: our outcomes → the bank's codes
    :param comments: our outcomes → words, where they differ from ours
    """

    transport: str = "get"
    amount_format: str = "decimal_2"
    date_format: str = "%Y%m%d%H%M%S"
    day_format: str = "%Y%m%d"
    month_format: str = "%Y%m"
    asks: dict = field(default_factory=dict)
    tells: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    signs: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)
    comments: dict = field(default_factory=dict)

    @property
    def root(self):
        """The name of an XML answer's outermost element."""
        return self.tells.get("root") or "response"

    def action(self, word):
        """Return the action of a bank's word.

        :raise Refusal: when the profile knows no such word
        """
        for name, own in self.words.items():
            if own == word:
                return Action(name)
        raise Refusal(Outcome.UNKNOWN_ACTION)

    def code(self, outcome):
        """Return the bank's code of an outcome: a number if it is one."""
        code = self.codes.get(outcome.value) or self.codes[Outcome.INTERNAL.value]
        return int(code) if code.lstrip("-").isdigit() else code

    def comment(self, answer):
        """Return the words of an answer."""
        return (
            answer.comment
            or self.comments.get(answer.outcome.value)
            or COMMENTS[answer.outcome]
        )

    def read_instant(self, text):
        """Return the local instant of a text.

        :raise Refusal: when it isn't one in the profile's format
        """
        return self._read_date(text, self.date_format)

    def read_day(self, text):
        """Return the civil day of a text, as :meth:`read_instant`."""
        return self._read_date(text, self.day_format).date()

    def read_month(self, text):
        """Return the first day of a month, as :meth:`read_instant`."""
        return self._read_date(text, self.month_format).date().replace(day=1)

    def _read_date(self, text, pattern):
        try:
            value = datetime.strptime(text, pattern)
        except ValueError as error:
            raise Refusal(Outcome.BAD_DATE) from error
        # strptime takes "2026-1-5" for %m and %d, banks' formats don't.
        if value.strftime(pattern) != text or not 2000 <= value.year <= 2100:
            raise Refusal(Outcome.BAD_DATE)
        return value

    def write_instant(self, value):
        """Return an instant in the profile's format."""
        return value.strftime(self.date_format)

    def read_amount(self, text):
        """Return the Decimal of an amount, as :func:`values.read_amount`."""
        return read_amount(text, self.amount_format)

    def write_amount(self, amount):
        """Return an amount in the profile's format, empty for none."""
        return (
            "" if amount is None else write_amount(Decimal(amount), self.amount_format)
        )
