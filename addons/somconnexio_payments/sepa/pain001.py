# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write a file of SEPA credit transfers: the same order gives the same bytes.

The receiver's address is left out within the European Economic Area, where the scheme
does not ask for it; elsewhere it is told, structured.

Source: EPC132-08, SEPA Credit Transfer, customer-to-bank implementation guidelines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from . import rules
from .charset import clean, is_identifier
from .elements import (
    account_number,
    agent,
    amount_text,
    group_header,
    node,
    party,
)
from .messages import Account, Header

#: Version → tag of a BIC, and whether the day of execution is wrapped in another tag.
VERSIONS = {"pain.001.001.03": ("BIC", False), "pain.001.001.09": ("BICFI", True)}
TEXT_LENGTH = 140
_WORDS = {
    "amount_out_of_range": "{amount} is no amount in whole cents that can be sent",
    "iban_missing": "the receiver has no IBAN",
    "iban_invalid": "{iban} is not an IBAN",
    "iban_outside_sepa": "{iban} is outside of the SEPA",
    "name_missing": "the receiver has no name",
    "end_to_end_id_invalid": "the reference has characters that banks refuse, or more "
    "than 35 of them",
    "address_missing": "this country needs town and country of the receiver",
}


class TransferError(ValueError):
    """A transfer that no bank would take; the text names it and says why."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer, in euros.

    :ivar str end_to_end_id: comes back with the statement and with a refusal
    :ivar str text: what the receiver reads, cut at 140 characters
    """

    end_to_end_id: str
    amount: Decimal
    creditor: Account
    text: str


@dataclass(frozen=True, slots=True)
class TransferFile:
    """What one file orders: one debtor, one day.

    :ivar str message_id: unique for the debtor, at most 35 characters
    :ivar str created_at: civil time of the debtor, ISO text without fractions
    :ivar str initiator_id: what the bank knows the debtor by; may be empty
    """

    message_id: str
    created_at: str
    execution_date: date
    debtor: Account
    transfers: Sequence[Transfer]
    initiator_id: str = ""
    is_batch_booked: bool = True

    @property
    def total(self) -> Decimal:
        """Control sum: all transfers, in euros."""
        return sum((one.amount for one in self.transfers), Decimal("0.00"))


def transfer_problems(transfer):
    """Return what forbids a transfer, as a tuple of codes."""
    creditor = transfer.creditor
    is_far = creditor.iban[:2] in rules.BEYOND_EEA
    found = (
        rules.amount_problem(transfer.amount),
        rules.iban_problem(creditor.iban),
        "" if clean(creditor.name) else "name_missing",
        "" if is_identifier(transfer.end_to_end_id) else "end_to_end_id_invalid",
        "address_missing" if is_far and not creditor.address else "",
    )
    return tuple(filter(None, found))


def write(order: TransferFile, version: str) -> bytes:
    """Return the XML of a file.

    :param str version: one of ``VERSIONS``
    :raise TransferError: naming the transfer that cannot be ordered
    """
    if version not in VERSIONS:
        raise TransferError(f"No transfers are written in {version}.")
    _check(order)
    bic_tag, is_wrapped = VERSIONS[version]
    header = Header(
        message_id=order.message_id,
        created_at=order.created_at,
        count=len(order.transfers),
        total=order.total,
        initiator_name=order.debtor.name,
        initiator_id=order.initiator_id,
    )
    namespace = f"urn:iso:std:iso:20022:tech:xsd:{version}"
    body = node(
        "CstmrCdtTrfInitn",
        group_header(header),
        _payment_information(order, bic_tag, is_wrapped),
    )
    root = etree.Element("Document", xmlns=namespace)
    root.append(body)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _check(order):
    """Raise for what the schema or the scheme would refuse, and for doubles."""
    name = order.message_id
    if not is_identifier(name):
        raise TransferError(f"{name}: no bank takes this as the name of a file.")
    if not order.transfers:
        raise TransferError(f"{name}: there is nothing to transfer.")
    seen = set()
    for one in order.transfers:
        for code in transfer_problems(one):
            words = _WORDS[code].format(amount=one.amount, iban=one.creditor.iban)
            raise TransferError(f"{name}, {one.end_to_end_id}: {words}.")
        if one.end_to_end_id in seen:
            raise TransferError(f"{name}, {one.end_to_end_id}: it is there twice.")
        seen.add(one.end_to_end_id)


def _payment_information(order, bic_tag, is_wrapped):
    """Return the block of one debtor and day with its transfers."""
    day = order.execution_date.isoformat()
    return node(
        "PmtInf",
        node("PmtInfId", order.message_id),
        node("PmtMtd", "TRF"),
        node("BtchBookg", "true" if order.is_batch_booked else "false"),
        node("NbOfTxs", str(len(order.transfers))),
        node("CtrlSum", amount_text(order.total)),
        node("PmtTpInf", node("SvcLvl", node("Cd", "SEPA"))),
        node("ReqdExctnDt", node("Dt", day) if is_wrapped else day),
        party("Dbtr", order.debtor),
        account_number("DbtrAcct", order.debtor.iban),
        agent("DbtrAgt", order.debtor.bic, bic_tag),
        node("ChrgBr", "SLEV"),
        *(_transfer(one, bic_tag) for one in order.transfers),
    )


def _transfer(transfer, bic_tag):
    """Return the element of one transfer."""
    creditor = transfer.creditor
    amount = node("InstdAmt", amount_text(transfer.amount))
    amount.set("Ccy", "EUR")
    is_near = creditor.iban[:2] in rules.EEA
    named = Account(creditor.name, creditor.iban) if is_near else creditor
    text = clean(transfer.text, TEXT_LENGTH)
    return node(
        "CdtTrfTxInf",
        node(
            "PmtId",
            node("InstrId", transfer.end_to_end_id),
            node("EndToEndId", transfer.end_to_end_id),
        ),
        node("Amt", amount),
        agent("CdtrAgt", creditor.bic, bic_tag) if creditor.bic else None,
        party("Cdtr", named),
        account_number("CdtrAcct", creditor.iban),
        node("RmtInf", node("Ustrd", text)) if text else None,
    )
