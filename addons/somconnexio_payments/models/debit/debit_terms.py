# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What was kept of a debit, as the file tells it; no Odoo."""

from datetime import date
from decimal import Decimal

from ...sepa.address import structured
from ...sepa.messages import Account, Amendment, Debit, Mandate

REMITTANCES = {"capital": "Capital {label}"}


def as_debit(name, amount, label, kind, terms):
    """Return a Debit of a row of ``sql/debit/43``.

    :param str name: EndToEndId
    :param str amount: in euros
    :param str label: number of the bill
    :param str kind: bill, retry, part or capital
    :param dict terms: what was kept at the time of the file
    """
    return Debit(
        end_to_end_id=name,
        amount=Decimal(amount),
        mandate=Mandate(
            terms["mandate"], date.fromisoformat(terms["signed"]), _amendment(terms)
        ),
        debtor=Account(
            name=terms["name"] or "",
            iban=terms["iban"] or "",
            bic=terms["bic"] or "",
            address=structured(
                terms["street"],
                terms["street2"],
                terms["zip"],
                terms["town"],
                terms["country"],
            ),
        ),
        remittance=REMITTANCES.get(kind, "{label}").format(label=label),
        label=label,
    )


def _amendment(terms):
    """Return what has changed in the mandate, None without a change."""
    if not terms["is_amended"]:
        return None
    return Amendment(
        original_reference=terms["old_reference"] or "",
        is_new_account=bool(terms["is_new_account"]),
        original_creditor_id=terms["old_creditor"] or "",
        original_creditor_name=terms["old_creditor_name"] or "",
    )
