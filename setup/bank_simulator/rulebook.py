# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a schema cannot see: rules of EPC's SEPA rulebooks and implementation guides."""

import re
from decimal import Decimal

_LETTERS = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]*\Z")
_LARGEST = Decimal("999999999.99")
_SEQUENCES = {"FRST", "RCUR", "FNAL", "OOFF"}


def problems(root, order):
    """Yield (reason code, text) of what a bank refuses a whole order for.

    :param root: lxml element of the document
    :param order: ``model.Order`` of it
    """
    yield from _sums(root, order)
    yield from _identifications(order)
    for batch in order.batches:
        for debit in batch.debits:
            yield from _transaction(debit)
    yield from _mandates(root)


def _sums(root, order):
    header = root.find(".//{*}GrpHdr")
    count = int(header.findtext("{*}NbOfTxs"))
    total = header.findtext("{*}CtrlSum")
    found = sum((debit.amount for debit in order.debits), Decimal(0))
    if count != len(order.debits):
        yield "FF01", f"NbOfTxs is {count}, there are {len(order.debits)} transactions"
    if total and Decimal(total) != found:
        yield "AM10", f"CtrlSum is {total}, the transactions add up to {found}"
    for node, batch in zip(root.iter("{*}PmtInf"), order.batches, strict=True):
        declared = node.findtext("{*}CtrlSum")
        batch_sum = sum((debit.amount for debit in batch.debits), Decimal(0))
        if declared and Decimal(declared) != batch_sum:
            yield (
                "AM10",
                f"CtrlSum of {batch.payment_info_id} is {declared}, not {batch_sum}",
            )


def _identifications(order):
    seen = set()
    for debit in order.debits:
        if debit.end_to_end_id in seen:
            yield "AM05", f"EndToEndId {debit.end_to_end_id} is there twice"
        seen.add(debit.end_to_end_id)


def _transaction(debit):
    name = debit.end_to_end_id
    if not Decimal("0.01") <= debit.amount <= _LARGEST:
        yield "AM12", f"{name}: {debit.amount} cannot be collected"
    if not _is_iban(debit.iban):
        yield "AC01", f"{name}: {debit.iban} is no IBAN"
    for text in (name, debit.mandate_id, debit.name, debit.text):
        if not _LETTERS.match(text):
            yield "FF01", f"{name}: “{text}” has letters outside of SEPA's"
        if text.startswith("/") or "//" in text:
            yield "FF01", f"{name}: “{text}” has a slash where none may be"


def _mandates(root):
    for node in root.iter("{*}DrctDbtTxInf"):
        name = node.findtext(".//{*}EndToEndId")
        if not node.findtext(".//{*}MndtId") or not node.findtext(".//{*}DtOfSgntr"):
            yield "MD02", f"{name}: the mandate lacks its reference or date"
    for sequence in root.iter("{*}SeqTp"):
        if sequence.text not in _SEQUENCES:
            yield "FF01", f"{sequence.text} is no type of sequence"
    for address in root.iter("{*}PstlAdr"):
        is_lines = address.find("{*}AdrLine") is not None
        if is_lines and address.find("{*}TwnNm") is None:
            yield "RR02", "an address has lines and no town (rulebook of 2025)"


def _is_iban(text):
    turned = text[4:] + text[:4]
    if not re.fullmatch(r"[A-Z0-9]{15,34}", text):
        return False
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
