# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read camt.052, camt.053 and camt.054: what happened on our accounts."""

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from . import camt_detail, shapes, values
from .document import Document
from .elements import Element, drop
from .limits import MAX_ENTRIES
from .records import Balance, Entry, Statement

_CONTAINERS = {
    "camt.052": ("BkToCstmrAcctRpt", "Rpt"),
    "camt.053": ("BkToCstmrStmt", "Stmt"),
    "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}
_STATES = {"BOOK": True, "PDNG": False, "INFO": False, "FUTR": False}
#: Opening and closing as banks state them: PRCD is the closing of the day before, ITBD
#: that of a page; of several pages' balances the first opens and the last closes.
_OPENING, _CLOSING = ("OPBD", "PRCD", "ITBD"), ("CLBD", "ITBD")


def read(file, kind):
    """Iterate over a ``Heading``, then each ``Statement`` followed by its ``Entry``s.

    :param file: plain binary file at its beginning
    :param kind: its ``recognise.Kind``
    :raise FileError: what is wrong, and where
    """
    yield from _Reading(file, kind)


class _Reading(Document):
    """One pass over statements, reports or notifications."""

    def __init__(self, file, kind):
        self.container, self.statement_tag = _CONTAINERS[kind.message]
        self.parents = {self.statement_tag: self.container, "Ntry": self.statement_tag}
        super().__init__(file, kind)
        self.statement_count = self.entry_count = 0
        self.is_begun = False
        self.last_entry = None

    def start(self, tag, node):
        """Begin a statement."""
        if tag == self.statement_tag:
            self.check_siblings(node.itersiblings(preceding=True))
            self.statement_count += 1
            self.entry_count = 0
            self.is_begun = False
            self.last_entry = None

    def end(self, tag, node):
        """Yield an entry, or a statement that has none."""
        if tag == "Ntry":
            yield from self._entry(node)
        else:
            yield from self._end_statement(node)

    def finish(self):
        """Refuse a message without statements."""
        if not self.statement_count:
            raise FileError(
                "xml_missing", where=self.container, expected=self.statement_tag
            )

    @property
    def path(self):
        """Where the statement is, for people."""
        return f"{self.container}/{self.statement_tag}[{self.statement_count}]"

    def _begin(self, node, nodes):
        """Return the statement whose heading is complete."""
        self.is_begun = True
        shapes.check(
            self.statement_tag,
            self.names(nodes),
            lambda: f"{self.path} ({node.sourceline})",
        )
        return _Head(node, nodes, self.prefix, self.path).statement()

    def _entry(self, node):
        self.entry_count += 1
        if self.entry_count > MAX_ENTRIES:
            raise FileError("too_many_entries", limit=MAX_ENTRIES)
        # The parser is ahead: what follows may be in the tree already.
        before = list(node.itersiblings(preceding=True))[::-1]
        if not self.is_begun:
            yield self._begin(node.getparent(), before)
        elif before != [self.last_entry]:
            found = self.names(before[1:])[0]
            raise FileError("xml_unexpected", where=self.path, found=str(found))
        path = f"{self.path}/Ntry[{self.entry_count}]"
        yield _entry(Element(node, self.prefix, path))
        drop(node)
        self.last_entry = node

    def _end_statement(self, node):
        if not self.is_begun:
            yield self._begin(node, list(node))
        elif self.last_entry is not None:
            place = shapes.SHAPES[self.statement_tag].places["Ntry"]
            names = self.names(list(node)[1:])
            shapes.check(self.statement_tag, names, lambda: self.path, place)
        drop(node)


class _Head:
    """What stands before the entries of a statement."""

    def __init__(self, node, nodes, prefix, path):
        self.line = node.sourceline
        self.tag = node.tag.removeprefix(prefix)
        self.prefix = prefix
        self.path = path
        self.parts = {}
        for child in nodes:
            name = child.tag.removeprefix(prefix)
            self.parts.setdefault(name, []).append(child)

    def _elements(self, name):
        return [
            Element(node, self.prefix, f"{self.path}/{name}")
            for node in self.parts.get(name, ())
        ]

    def _text(self, name, longest=35):
        found = self.parts.get(name)
        text = (found[0].text or "").strip() if found else ""
        return values.words(text, f"{self.path}/{name}", longest)

    def statement(self):
        """Return the statement without its entries."""
        (account,) = self._elements("Acct")
        balances = [_balance(element) for element in self._elements("Bal")]
        currency = account.raw("Ccy")
        opening = _first(balances, _OPENING)
        closing = _first(balances[::-1], _CLOSING)
        if self.tag == "Stmt" and not (opening and closing):
            missing = "Bal (CLBD)" if opening else "Bal (OPBD)"
            raise FileError("xml_missing", where=self.path, expected=missing)
        return Statement(
            reference=self._text("Id"),
            account=_account_number(account),
            currency=currency and values.currency(currency, account.place),
            number=self._text("ElctrncSeqNb", 18),
            opening=opening,
            closing=closing,
            declared=self._declared(),
            where=f"{self.path} ({self.line})",
            **self._period(),
        )

    def _period(self):
        for element in self._elements("FrToDt"):
            place = element.place
            return {
                "from_date": values.day(element.raw("FrDtTm"), place),
                "to_date": values.day(element.raw("ToDtTm"), place),
            }
        return {}

    def _declared(self):
        """Return what the summary of transactions says."""
        declared = {}
        for summary in self._elements("TxsSummry"):
            for tag, prefix in (
                ("TtlNtries", ""),
                ("TtlCdtNtries", "credit_"),
                ("TtlDbtNtries", "debit_"),
            ):
                total = summary.one(tag)
                if total and (text := total.raw("NbOfNtries")):
                    declared[f"{prefix}count"] = values.count(text, total.place)
                if total and (text := total.raw("Sum")):
                    declared[f"{prefix}sum"] = values.amount(text, total.place)
        return declared


def _account_number(account):
    iban = account.raw("Id", "IBAN")
    if iban:
        return values.iban(iban, account.place)
    other = values.words(account.raw("Id", "Othr", "Id"), account.place, 34)
    if not other:
        raise FileError("xml_missing", where=account.place, expected="Id/IBAN")
    return other


def _first(balances, kinds):
    """Return the first balance of the first kind that there is."""
    for kind in kinds:
        for balance in balances:
            if balance.kind == kind:
                return balance
    return None


def money(element):
    """Return an Amt element as (Decimal, currency)."""
    place = element.place
    return (
        values.amount((element.node.text or "").strip(), place),
        values.currency(element.node.get("Ccy", ""), place),
    )


def date_of(element):
    """Return the date of a choice of Dt and DtTm."""
    return values.day(element.raw("Dt") or element.raw("DtTm"), element.place)


def _balance(element):
    amount, currency = money(element.one("Amt"))
    sign = values.sign(element.raw("CdtDbtInd"), element.place)
    return Balance(
        kind=element.raw("Tp", "CdOrPrtry", "Cd"),
        amount=sign * amount,
        currency=currency,
        day=date_of(element.one("Dt")),
        where=element.place,
    )


def _is_booked(element):
    text = element.raw("Sts") or element.raw("Sts", "Cd")
    if text not in _STATES:
        raise FileError("entry_state", found=text[:40], where=element.place)
    return _STATES[text]


def _bank_code(element):
    """Return a kind of transaction: PMNT/RDDT/UPDD, or the bank's own code."""
    code = element.find("BkTxCd", "Domn")
    if code:
        family = code.one("Fmly")
        return "/".join((code.raw("Cd"), family.raw("Cd"), family.raw("SubFmlyCd")))
    return values.words(element.raw("BkTxCd", "Prtry", "Cd"), element.place, 35)


def _entry(element):
    """Return one Ntry as an ``Entry``."""
    place = element.place
    amount, currency = money(element.one("Amt"))
    sign = values.sign(element.raw("CdtDbtInd"), place)
    booked, valued = element.one("BookgDt"), element.one("ValDt")
    if not booked and not valued:
        raise FileError("xml_missing", where=place, expected="BookgDt")
    entry = Entry(
        amount=sign * amount,
        currency=currency,
        booking_date=date_of(booked or valued),
        value_date=date_of(valued or booked),
        is_reversal=values.boolean(element.raw("RvslInd"), place),
        is_booked=_is_booked(element),
        reference=values.reference(element.raw("NtryRef"), place),
        bank_reference=values.reference(element.raw("AcctSvcrRef"), place),
        code=_bank_code(element),
        info=values.words(element.raw("AddtlNtryInf"), place, 500),
        where=place,
    )
    entry.charges = camt_detail.charges(element)
    camt_detail.add_details(entry, element, sign)
    return entry
