# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read pain.002: what the bank says to an order of ours."""

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from . import shapes, values
from .document import Document
from .elements import Element, drop
from .limits import MAX_ENTRIES
from .records import Status

_CONTAINER = "CstmrPmtStsRpt"
_GROUP, _BATCH, _PART = "OrgnlGrpInfAndSts", "OrgnlPmtInfAndSts", "TxInfAndSts"
#: ISO's external codes for a whole order, a batch or a transaction.
STATUSES = {
    "ACTC",
    "ACCP",
    "ACSP",
    "ACSC",
    "ACCC",
    "ACWC",
    "ACWP",
    "ACFC",
    "PART",
    "PDNG",
    "RCVD",
    "RJCT",
    "CANC",
}
REJECTED = "RJCT"


def read(file, kind):
    """Iterate over a ``Heading``, then the ``Status`` of file, batches, transactions.

    A batch or transaction without a status of its own is not told of.

    :param file: plain binary file at its beginning
    :param kind: its ``recognise.Kind``
    :raise FileError: what is wrong, and where
    """
    yield from _Reading(file, kind)


class _Reading(Document):
    """One pass over an answer."""

    container = _CONTAINER
    parents = {_GROUP: _CONTAINER, _BATCH: _CONTAINER, _PART: _BATCH}

    def __init__(self, file, kind):
        super().__init__(file, kind)
        self.message_id = None
        self.batch_count = self.part_count = 0
        self.batch_id = None

    def start(self, tag, node):
        """Begin a batch."""
        if tag == _BATCH:
            if self.message_id is None:
                raise FileError("xml_missing", where=_CONTAINER, expected=_GROUP)
            self.batch_count += 1
            self.part_count = 0
            self.batch_id = None

    def end(self, tag, node):
        """Yield the status of the order, a batch or a transaction."""
        reader = {_GROUP: self._group, _BATCH: self._end_batch, _PART: self._part}
        yield from reader[tag](node)

    def finish(self):
        """Refuse an answer that names no order."""
        if self.message_id is None:
            raise FileError("xml_missing", where=_CONTAINER, expected=_GROUP)

    def _group(self, node):
        element = Element(node, self.prefix, f"{_CONTAINER}/{_GROUP}")
        if self.message_id is not None:
            raise FileError("xml_twice", where=_CONTAINER, found=_GROUP)
        self.message_id = values.words(element.raw("OrgnlMsgId"), element.place, 35)
        if status := _status(element, "GrpSts"):
            yield Status("file", status, self.message_id, **_reason(element))

    @property
    def path(self):
        """Where the batch is, for people."""
        return f"{_CONTAINER}/{_BATCH}[{self.batch_count}]"

    def _begin_batch(self, node, nodes):
        """Tell the status of a batch once what stands before its parts is there."""
        names = [child.tag.removeprefix(self.prefix) for child in nodes]
        shapes.check(_BATCH, names, lambda: self.path)
        element = Element(node, self.prefix, self.path)
        self.batch_id = values.words(element.raw("OrgnlPmtInfId"), self.path, 35)
        if status := _status(element, "PmtInfSts"):
            yield Status(
                "batch", status, self.message_id, self.batch_id, **_reason(element)
            )

    def _end_batch(self, node):
        if self.batch_id is None:
            yield from self._begin_batch(node, list(node))
        elif any(child.tag != self.prefix + _PART for child in node):
            raise FileError("xml_order", where=self.path, found=node[-1].tag)
        drop(node)

    def _part(self, node):
        # The parser is ahead: what follows may be in the tree already.
        before = list(node.itersiblings(preceding=True))[::-1]
        if self.batch_id is None:
            yield from self._begin_batch(node.getparent(), before)
        elif [child.tag for child in before] != [self.prefix + _PART]:
            raise FileError("xml_order", where=self.path, found=before[-1].tag)
        self.part_count += 1
        if self.part_count > MAX_ENTRIES:
            raise FileError("too_many_entries", limit=MAX_ENTRIES)
        path = f"{self.path}/{_PART}[{self.part_count}]"
        element = Element(node, self.prefix, path)
        if status := _status(element, "TxSts"):
            yield self._transaction(element, status)
        drop(node)

    def _transaction(self, element, status):
        place = element.place
        amount, currency = _amount(element)
        return Status(
            "transaction",
            status,
            self.message_id,
            self.batch_id,
            end_to_end_id=values.reference(element.raw("OrgnlEndToEndId"), place),
            instruction_id=values.reference(element.raw("OrgnlInstrId"), place),
            bank_reference=values.reference(
                element.raw("StsId") or element.raw("AcctSvcrRef"), place
            ),
            mandate_id=values.words(
                element.raw("OrgnlTxRef", "MndtRltdInf", "MndtId"), place, 35
            ),
            amount=amount,
            currency=currency,
            **_reason(element),
        )


def _status(element, tag):
    """Return a status of ISO's list, empty when there is none."""
    text = element.raw(tag)
    if text and text not in STATUSES:
        raise FileError("status", found=text[:40], where=element.place)
    return text


def _reason(element):
    """Return the first reason with a code, and all its words."""
    code, infos = "", []
    for info in element.all("StsRsnInf"):
        code = code or info.raw("Rsn", "Cd") or info.raw("Rsn", "Prtry")
        infos += [(text.node.text or "").strip() for text in info.all("AddtlInf")]
    return {
        "reason": values.words(code, element.place, 35),
        "reason_text": values.words(" ".join(infos), element.place, 1000),
        "where": element.place,
    }


def _amount(element):
    for path in (("Amt", "InstdAmt"), ("IntrBkSttlmAmt",)):
        found = element.find("OrgnlTxRef", *path)
        if found:
            text = (found.node.text or "").strip()
            place = found.place
            return (
                values.amount(text, place),
                values.currency(found.node.get("Ccy", ""), place),
            )
    return None, ""
