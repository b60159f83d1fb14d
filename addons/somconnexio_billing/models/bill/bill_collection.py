# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How a bill tells the member that it gets paid."""

from ...bill.document import Collection, CollectionKind

HIDDEN = "••••"


def collection(head):
    """Return the ``Collection`` of a bill, from its total and the account's choice."""
    account = head.account
    iban = masked_iban(account.partner_bank_id.acc_number)
    if not head.amount_total:
        return Collection(CollectionKind.NOTHING)
    if head.amount_total < 0:
        return Collection(CollectionKind.REFUND, None, iban)
    if account.collection_method == "direct_debit" and iban:
        kind, reference = CollectionKind.DIRECT_DEBIT, head.mandate_reference
        return Collection(kind, head.due_date, iban, reference)
    return Collection(CollectionKind.TRANSFER, head.due_date, head.pay_to_iban)


def masked_iban(iban):
    """Return an IBAN with its middle hidden, empty without one.

    >>> masked_iban("ES91 2100 0418 4502 0005 1332")
    'ES91 •••• •••• 1332'
    """
    digits = (iban or "").replace(" ", "")
    if len(digits) < 12:
        return HIDDEN if digits else ""
    return f"{digits[:4]} {HIDDEN} {HIDDEN} {digits[-4:]}"
