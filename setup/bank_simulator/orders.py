# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read an order (pain.008 or pain.001) and check it as a bank does."""

import importlib.util
from datetime import date
from decimal import Decimal
from pathlib import Path

from lxml import etree

from .model import Batch, Debit, Order
from .rulebook import problems

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
)
#: Addons of OCA that bring the schemas of the standard.
_SCHEMA_FOLDERS = (
    "account_payment_sepa_direct_debit/data",
    "account_payment_sepa_credit_transfer/data",
)


class Refused(Exception):
    """The bank does not take an order.

    :param str reason: ISO's code
    :param str text: why
    :param str message_id: of the order, when it could be read
    """

    def __init__(self, reason, text, message_id="UNREADABLE", name="pain.008.001.08"):
        super().__init__(text)
        self.reason, self.text = reason, text
        self.message_id, self.name = message_id, name


def schema_of(name):
    """Return the schema of a message such as pain.008.001.08.

    :raise Refused: when no installed addon brings it
    """
    for folder in _addon_folders():
        for place in _SCHEMA_FOLDERS:
            path = folder / place / f"{name}.xsd"
            if path.exists():
                return etree.XMLSchema(etree.parse(str(path)))
    raise Refused("FF01", f"this bank does not know {name}")


def _addon_folders():
    found = importlib.util.find_spec("odoo")
    places = list(found.submodule_search_locations or ()) if found else []
    return [Path(place) / "addons" for place in places]


def read_order(content):
    """Return an order whose schema, sums and rules hold.

    :param bytes content: of the file
    :raise Refused: why not
    """
    try:
        root = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as error:
        raise Refused("FF01", f"no well-formed XML: {error}") from error
    name = etree.QName(root).namespace.rpartition(":")[2]
    message_id = _text(root, "GrpHdr/MsgId") or "UNREADABLE"
    schema = schema_of(name)
    if not schema.validate(root):
        fault = schema.error_log[0]
        text = f"line {fault.line}: {fault.message}"
        raise Refused("FF01", text[:400], message_id, name)
    order = Order(message_id, name, [_batch(node) for node in _all(root, "PmtInf")])
    for problem in problems(root, order):
        raise Refused(*problem, message_id, name)
    return order


def _all(element, tag):
    return element.iter(f"{{*}}{tag}")


def _text(element, path):
    steps = "/".join(f"{{*}}{step}" for step in path.split("/"))
    found = element.find(f".//{steps}")
    return "" if found is None else (found.text or "").strip()


def _batch(node):
    parts = list(_all(node, "DrctDbtTxInf")) or list(_all(node, "CdtTrfTxInf"))
    is_debit = bool(list(_all(node, "DrctDbtTxInf")))
    day = _text(node, "ReqdColltnDt") or _text(node, "ReqdExctnDt/Dt")
    return Batch(
        _text(node, "PmtInfId"),
        date.fromisoformat(day or _text(node, "ReqdExctnDt")),
        _text(node, "CdtrAcct/Id/IBAN" if is_debit else "DbtrAcct/Id/IBAN"),
        [_debit(part, is_debit) for part in parts],
        _text(node, "BtchBookg") != "false",
    )


def _debit(node, is_debit):
    side = "Dbtr" if is_debit else "Cdtr"
    return Debit(
        Decimal(_text(node, "InstdAmt")),
        _text(node, "PmtId/EndToEndId"),
        _text(node, "PmtId/InstrId"),
        _text(node, "MndtRltdInf/MndtId"),
        _text(node, f"{side}/Nm"),
        _text(node, f"{side}Acct/Id/IBAN"),
        _text(node, "RmtInf/Ustrd"),
    )
