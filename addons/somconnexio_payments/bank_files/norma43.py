# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read Norma 43, the statement of Spanish banks: lines of 80 characters, Latin-1.

Record 11 opens an account, 22 is an entry, 23 and 24 tell more about it, 33 closes the
account with its sums, 88 ends the file with the number of records (source: AEB, Serie
normas y procedimientos bancarios nº 43, 2012, appendix 1).
"""

from datetime import date
from decimal import Decimal

from stdnum.es import ccc
from stdnum.iso7064 import mod_97_10

from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.lines import LineReader

from .limits import MAX_ENTRIES
from .records import Balance, Detail, Entry, Heading, Statement

WIDTH = 80
_BLOCK_BYTES = 64 * 1024
_MAX_TEXTS = 5
#: ISO 4217's numbers of the currencies that Spanish banks keep accounts in.
_CURRENCIES = {"978": "EUR", "840": "USD", "826": "GBP", "756": "CHF"}
_SIGNS = {"1": -1, "2": 1}


def read(file, kind):
    """Iterate over a ``Heading``, then each ``Statement`` followed by its ``Entry``s.

    :param file: plain binary file at its beginning
    :param kind: not needed: there is one version
    :raise FileError: what is wrong, and in which line
    """
    yield Heading(message_id="")
    yield from _Reading(file)


class _Reading:
    """One pass over the lines; an account is given when its last record is read."""

    def __init__(self, file):
        self.lines = LineReader(_Blocks(file), "iso-8859-1", keeps_empty=True)
        self.number = 0
        self.entry_count = self.text_count = 0
        self.statement = self.entry = None
        self.texts, self.entries = [], []
        self.is_ended = False

    def __iter__(self):
        readers = {
            "11": self._open,
            "22": self._begin_entry,
            "23": self._add_text,
            "24": self._add_foreign,
            "33": self._close,
            "88": self._end,
        }
        for number, text, fault in self.lines:
            line = self._checked(number, text, fault)
            if line is None:
                continue
            reader = readers.get(line[:2])
            if not reader:
                raise FileError("n43_record", line=number, found=ascii(line[:2]))
            yield from reader(line)
        if not self.is_ended:
            raise FileError("n43_unfinished", line=self.number)

    def _checked(self, number, text, fault):
        if fault:
            raise FileError("n43_line", line=number, found=ascii(text[:20]))
        if self.is_ended:
            if text.strip("\x1a \t"):
                raise FileError("n43_after_end", line=number)
            return None
        self.number = number
        # Some banks cut the blanks at the end of a line.
        if not text.strip() or len(text) > WIDTH or not text.isprintable():
            raise FileError("n43_line", line=number, found=ascii(text[:20]))
        return text.ljust(WIDTH)

    def _fault(self, code, **values):
        return FileError(code, line=self.number, **values)

    def _open(self, line):
        if self.statement:
            raise self._fault("n43_not_closed", found="11")
        currency = self._currency(line[47:50])
        first = self._day(line[20:26])
        opening = self._amount(line[33:47], line[32])
        self.statement = Statement(
            reference=f"{line[20:26]}-{line[26:32]}",
            account=self._account(line),
            currency=currency,
            from_date=first,
            to_date=self._day(line[26:32]),
            opening=Balance("OPBD", opening, currency, first, str(self.number)),
            where=str(self.number),
        )
        self.entries = []
        return ()

    def _account(self, line):
        bank, branch, account = line[2:6], line[6:10], line[10:20]
        number = bank + branch + account
        if not number.isdigit():
            raise self._fault("n43_account", found=ascii(number))
        digits = ccc.calc_check_digits(f"{bank}{branch}00{account}")
        number = f"{bank}{branch}{digits}{account}"
        return f"ES{mod_97_10.calc_check_digits(f'{number}ES')}{number}"

    def _begin_entry(self, line):
        self._finish_entry()
        if not self.statement:
            raise self._fault("n43_no_account", found="22")
        self.entry_count += 1
        if self.entry_count > MAX_ENTRIES:
            raise FileError("too_many_entries", limit=MAX_ENTRIES)
        references = [line[42:52], line[52:64], line[64:80]]
        self.entry = Entry(
            amount=self._amount(line[28:42], line[27]),
            currency=self.statement.currency,
            booking_date=self._day(line[10:16]),
            value_date=self._day(line[16:22]),
            bank_reference="",
            reference="/".join(part.strip() for part in references),
            code=f"{line[22:24]}/{line[24:27]}",
            where=str(self.number),
        )
        self.text_count = 0
        self.texts = [part.strip() for part in references if part.strip(" 0")]
        return ()

    def _add_text(self, line):
        if not self.entry:
            raise self._fault("n43_no_entry", found="23")
        self.text_count += 1
        if self.text_count > _MAX_TEXTS:
            raise self._fault("n43_too_many_texts")
        self.texts += [part.strip() for part in (line[4:42], line[42:80])]
        return ()

    def _add_foreign(self, line):
        if not self.entry:
            raise self._fault("n43_no_entry", found="24")
        return ()

    def _finish_entry(self):
        """Keep the entry that ended."""
        if not self.entry:
            return
        entry, self.entry = self.entry, None
        texts = tuple(filter(None, self.texts))
        entry.info = " ".join(texts)[:500]
        entry.details = [
            Detail(entry.amount, entry.currency, texts=texts, where=entry.where)
        ]
        self.entries.append(entry)

    def _close(self, line):
        """Give the account with the sums of record 33; ``balances`` compares them."""
        self._finish_entry()
        statement, self.statement = self.statement, None
        if not statement:
            raise self._fault("n43_no_account", found="33")
        if self._account(line) != statement.account:
            raise self._fault("n43_other_account", found=ascii(line[2:20]))
        statement.closing = Balance(
            "CLBD",
            self._amount(line[59:73], line[58]),
            self._currency(line[73:76]),
            statement.to_date,
            str(self.number),
        )
        statement.declared = {
            "debit_count": self._count(line[20:25]),
            "debit_sum": self._amount(line[25:39], "2"),
            "credit_count": self._count(line[39:44]),
            "credit_sum": self._amount(line[44:58], "2"),
        }
        statement.where = str(self.number)
        return [statement, *self.entries]

    def _end(self, line):
        """Compare the number of records before this one, which ends the file."""
        if self.statement:
            raise self._fault("n43_not_closed", found="88")
        if line[2:20] != "9" * 18:
            raise self._fault("n43_line", found=ascii(line[:20]))
        declared = self._count(line[20:26])
        if declared != self.number - 1:
            raise self._fault("n43_count", declared=declared, found=self.number - 1)
        self.is_ended = True
        return ()

    def _amount(self, text, sign):
        if not (text.isascii() and text.isdigit()) or sign not in _SIGNS:
            raise self._fault("n43_amount", found=ascii(sign + text))
        return _SIGNS[sign] * Decimal(text).scaleb(-2)

    def _count(self, text):
        if not (text.isascii() and text.isdigit()):
            raise self._fault("n43_number", found=ascii(text))
        return int(text)

    def _currency(self, text):
        if text not in _CURRENCIES:
            raise self._fault("n43_currency", found=ascii(text))
        return _CURRENCIES[text]

    def _day(self, text):
        try:
            return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
        except ValueError:
            raise self._fault("n43_date", found=ascii(text)) from None


class _Blocks:
    """Give a file to ``LineReader`` in blocks."""

    def __init__(self, file):
        self.file = file

    def read(self):
        """Return the next bytes."""
        return self.file.read(_BLOCK_BYTES)
