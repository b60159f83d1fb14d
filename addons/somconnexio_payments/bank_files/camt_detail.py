# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The transactions of one entry of a camt message."""

from decimal import Decimal

from . import values
from .records import Detail


def add_details(entry, element, sign):
    """Read NtryDtls into an entry.

    :param int sign: of the entry, which its transactions have unless they say other
    """
    batches = []
    for group in element.all("NtryDtls"):
        batch = group.one("Btch")
        if batch:
            batches.append(batch)
        for detail in group.all("TxDtls"):
            entry.details.append(_detail(detail, sign, entry))
            entry.charges += charges(detail)
    if len(batches) == 1:
        _add_batch(entry, batches[0])


def _add_batch(entry, batch):
    place = batch.place
    entry.batch = Detail(
        message_id=values.reference(batch.raw("MsgId"), place),
        payment_info_id=values.reference(batch.raw("PmtInfId"), place),
        where=place,
    )
    if text := batch.raw("NbOfTxs"):
        entry.batch_count = values.count(text, place)
    if total := batch.one("TtlAmt"):
        entry.batch_sum = values.amount((total.node.text or "").strip(), place)


def _detail(element, sign, entry):
    place = element.place
    amount, currency = _amount(element)
    if text := element.raw("CdtDbtInd"):
        sign = values.sign(text, place)
    refs = {
        field: values.reference(element.raw("Refs", tag), place)
        for field, tag in (
            ("message_id", "MsgId"),
            ("payment_info_id", "PmtInfId"),
            ("instruction_id", "InstrId"),
            ("end_to_end_id", "EndToEndId"),
            ("transaction_id", "TxId"),
            ("mandate_id", "MndtId"),
            ("bank_reference", "AcctSvcrRef"),
        )
    }
    return Detail(
        amount=None if amount is None else sign * amount,
        currency=currency or entry.currency,
        **refs,
        **_party(element, sign),
        **_remittance(element),
        **_return(element),
        where=place,
    )


def _amount(element):
    """Return what a transaction moved on our account, None when not told."""
    for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt"), ("AmtDtls", "InstdAmt", "Amt")):
        found = element.find(*path)
        if found:
            place = found.place
            text = (found.node.text or "").strip()
            return (
                values.amount(text, place),
                values.currency(found.node.get("Ccy", ""), place),
            )
    return None, ""


def _party(element, sign):
    """Return who is at the other end: of a credit the debtor."""
    role = "Dbtr" if sign > 0 else "Cdtr"
    place = element.place
    for side in (role, "Dbtr", "Cdtr"):
        party = element.find("RltdPties", side)
        account = element.find("RltdPties", f"{side}Acct", "Id")
        name = party and (party.raw("Nm") or party.raw("Pty", "Nm"))
        number = account and account.raw("IBAN")
        if name or number:
            return {
                "party_name": values.words(name or "", place, 140),
                "party_iban": values.iban(number, place) if number else "",
            }
    return {}


def _remittance(element):
    found = element.one("RmtInf")
    if not found:
        return {}
    texts = [
        values.words((text.node.text or "").strip(), text.place)
        for text in found.all("Ustrd")
    ]
    structured = [
        values.words(part.raw("CdtrRefInf", "Ref"), part.place, 35)
        for part in found.all("Strd")
    ]
    texts += [
        values.words(number.raw("Nb"), number.place, 35)
        for part in found.all("Strd")
        for number in part.all("RfrdDocInf")
    ]
    return {
        "texts": tuple(filter(None, texts)),
        "structured": tuple(filter(None, structured)),
    }


def _return(element):
    found = element.one("RtrInf")
    if not found:
        return {}
    place = found.place
    reason = found.raw("Rsn", "Cd") or found.raw("Rsn", "Prtry")
    infos = [(info.node.text or "").strip() for info in found.all("AddtlInf")]
    return {
        "reason": values.words(reason, place, 35) or "UNKNOWN",
        "reason_text": values.words(" ".join(infos), place, 500),
    }


def charges(element):
    """Return the sum of the charges that an entry or transaction tells of."""
    total = Decimal(0)
    for group in element.all("Chrgs"):
        for node in group.node.iter("{*}Amt"):
            total += values.amount((node.text or "").strip(), group.place)
    return total
