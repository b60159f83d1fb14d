# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""From the facts of an entry to rows of our tables."""

from ...bank_files.records import Detail


def entry_row(entry, key, number, statement_index, journal):
    """Return an entry as the object that ``10_insert_entries`` takes."""
    batch = entry.batch or Detail()
    return {
        "key": key,
        "number": number,
        "statement_index": statement_index,
        "journal_id": journal.id,
        "currency_id": (journal.currency_id or journal.company_id.currency_id).id,
        "amount": str(entry.amount),
        "day": str(entry.booking_date),
        "value_date": str(entry.value_date),
        "bank_reference": entry.bank_reference or entry.reference or None,
        "code": entry.code or None,
        "info": entry.info or None,
        "is_reversal": entry.is_reversal,
        "message_id": batch.message_id or None,
        "payment_info_id": batch.payment_info_id or None,
        "place": entry.where,
    }


def transaction_rows(entry, key):
    """Return the transactions of an entry, at least one; their sum is its amount.

    A collection of ours that the bank books as one is one transaction: our own order
    tells its parts. What charges make of the difference is a transaction of its own.
    """
    details = entry.details
    if is_own_collection(entry):
        details = []
    rows = [
        _row(entry, detail, key, number) for number, detail in enumerate(details, 1)
    ]
    if not rows:
        whole = entry.batch or Detail()
        rows = [_row(entry, whole, key, 1, entry.amount)]
    elif charge := entry.amount - sum(detail.amount for detail in details):
        rows.append(
            {
                **_row(entry, Detail(), key, len(rows) + 1, charge),
                "is_charge": True,
            }
        )
    return rows


def is_own_collection(entry):
    """Tell whether an entry is one credit for a batch that we handed in.

    A batch's identification is ours: the bank repeats what the order said.
    """
    return bool(
        entry.amount > 0
        and entry.batch
        and (entry.batch.message_id or entry.batch.payment_info_id)
        and not entry.is_reversal
    )


def _row(entry, detail, key, number, amount=None):
    text = detail.text or (entry.info if len(entry.details) < 2 else "")
    return {
        "key": key,
        "number": number,
        "amount": str(detail.amount if amount is None else amount),
        "end_to_end_id": detail.end_to_end_id or None,
        "message_id": detail.message_id or None,
        "payment_info_id": detail.payment_info_id or None,
        "bank_reference": detail.bank_reference or None,
        "mandate_reference": detail.mandate_id or None,
        "party_name": detail.party_name or None,
        "party_iban": detail.party_iban or None,
        "remittance": text or None,
        "return_reason": detail.reason or None,
        "return_text": detail.reason_text or None,
        "is_charge": False,
    }
