# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The file of a debit run: pain.008, written one debit after the other.

Memory stays flat, for a debit is written as soon as it is known, and equal orders give
equal bytes. Counts and sums are told ahead by the batches; a batch whose debits do not
come to what it says is refused.

Source: ISO 20022 pain.008.001.02 and .08; EPC130-08.
"""

from decimal import Decimal

from lxml import etree

from . import elements
from .charset import clean
from .elements import node

VERSION_2009, VERSION_2019 = "pain.008.001.02", "pain.008.001.08"
BIC_TAGS = {VERSION_2009: "BIC", VERSION_2019: "BICFI"}
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
REMITTANCE_LENGTH = 140
SAME_MANDATE_NEW_ACCOUNT = "SMNDA"


class ControlTotalsDiffer(ValueError):
    """The debits of a batch do not come to its count and sum."""


def write(stream, header, creditor, batches, version=VERSION_2019):
    """Write a file.

    :param stream: open for writing bytes
    :param Header header: of the message
    :param Creditor creditor: whose account gets the money
    :param Iterable batches: of Batch
    :param str version: one of ``BIC_TAGS``
    :raise ControlTotalsDiffer: naming the batch or message that does not add up
    :raise KeyError: for a version that is not written
    """
    bic_tag = BIC_TAGS[version]
    count, total = 0, Decimal(0)
    with etree.xmlfile(stream, encoding="UTF-8") as xml:
        xml.write_declaration()
        with (
            xml.element("Document", nsmap={None: NAMESPACE + version}),
            xml.element("CstmrDrctDbtInitn"),
        ):
            xml.write(elements.group_header(header))
            for batch in batches:
                _write_batch(xml, creditor, batch, bic_tag)
                count, total = count + batch.count, total + batch.total
    _check(header.message_id, (header.count, header.total), (count, total))


def _write_batch(xml, creditor, batch, bic_tag):
    """Write one PmtInf with its debits."""
    count, total = 0, Decimal(0)
    with xml.element("PmtInf"):
        for part in _batch_head(creditor, batch, bic_tag):
            xml.write(part)
        for debit in batch.debits:
            xml.write(_debit(debit, bic_tag))
            count, total = count + 1, total + debit.amount
    _check(batch.batch_id, (batch.count, batch.total), (count, total))


def _check(name, told, found):
    if told != found:
        raise ControlTotalsDiffer(
            f"{name}: {told[0]} debits of {told[1]} were told, {found[0]} of {found[1]}"
            " were found"
        )


def _batch_head(creditor, batch, bic_tag):
    """Return what stands before the debits of a batch, in the schema's order."""
    kind = node(
        "PmtTpInf",
        node("SvcLvl", node("Cd", elements.SEPA)),
        node("LclInstrm", node("Cd", batch.scheme)),
        node("SeqTp", batch.sequence_type),
    )
    account = creditor.account
    return (
        node("PmtInfId", batch.batch_id),
        node("PmtMtd", "DD"),
        node("NbOfTxs", str(batch.count)),
        node("CtrlSum", elements.amount_text(batch.total)),
        kind,
        node("ReqdColltnDt", batch.due_date.isoformat()),
        elements.party("Cdtr", account),
        elements.account_number("CdtrAcct", account.iban),
        elements.agent("CdtrAgt", account.bic, bic_tag),
        node("ChrgBr", "SLEV"),
        elements.scheme_id("CdtrSchmeId", creditor.creditor_id),
    )


def _debit(debit, bic_tag):
    """Return one DrctDbtTxInf."""
    amount = node("InstdAmt", elements.amount_text(debit.amount))
    amount.set("Ccy", "EUR")
    remittance = clean(debit.remittance, REMITTANCE_LENGTH)
    return node(
        "DrctDbtTxInf",
        node("PmtId", node("EndToEndId", debit.end_to_end_id)),
        amount,
        node("DrctDbtTx", _mandate(debit.mandate)),
        elements.agent("DbtrAgt", debit.debtor.bic, bic_tag),
        elements.party("Dbtr", debit.debtor),
        elements.account_number("DbtrAcct", debit.debtor.iban),
        node("RmtInf", node("Ustrd", remittance)) if remittance else None,
    )


def _mandate(mandate):
    """Return a mandate with what was amended in it since the last debit."""
    element = node(
        "MndtRltdInf",
        node("MndtId", mandate.reference),
        node("DtOfSgntr", mandate.signed_date.isoformat()),
    )
    if mandate.amendment:
        element.append(node("AmdmntInd", "true"))
        element.append(_amendment(mandate.amendment))
    return element


def _amendment(amendment):
    """Return what a mandate said before; only what has changed is told."""
    creditor = account = reference = None
    if amendment.original_reference:
        reference = node("OrgnlMndtId", amendment.original_reference)
    if amendment.original_creditor_id or amendment.original_creditor_name:
        creditor = elements.scheme_id(
            "OrgnlCdtrSchmeId",
            amendment.original_creditor_id,
            amendment.original_creditor_name,
        )
    if amendment.is_new_account:
        other = node("Othr", node("Id", SAME_MANDATE_NEW_ACCOUNT))
        account = node("OrgnlDbtrAcct", node("Id", other))
    return node("AmdmntInfDtls", reference, creditor, account)
