# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the rulebook forbids and no schema sees, found before the bank does.

Each function returns the codes of what is wrong; who shows them to people has the
words. Codes are stable.

Source: EPC016-06, SEPA Direct Debit Core Rulebook 2025; EPC130-08, its customer-to-bank
implementation guidelines; EPC409-09, list of countries.

>>> iban_problem("ES9121000418450200051332"), iban_problem("ES9121000418450200051333")
('', 'iban_invalid')
>>> creditor_id_problem("ES50ZZZM23456789"), creditor_id_problem("ES51ZZZM23456789")
('', 'creditor_id_invalid')
"""

from decimal import Decimal

from stdnum.eu import at_02

from odoo.addons.somconnexio_base.partner_data import iban as iban_reading

from . import charset, target2

LEAST, MOST = Decimal("0.01"), Decimal("999999999.99")
CENT = Decimal("0.01")
#: Countries of the European Economic Area: no address is needed for their accounts.
EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO"
    " SE SI SK".split()
)
#: The others of the SEPA: the debtor's address has to be told.
BEYOND_EEA = frozenset("AD AL CH GB GG GI IM JE MC MD ME MK RS SM VA".split())
SEPA = EEA | BEYOND_EEA


def debit_problems(debit):
    """Return what forbids a debit, as a tuple of codes.

    :param Debit debit: as it would stand in the file
    """
    return tuple(
        filter(
            None,
            (
                amount_problem(debit.amount),
                iban_problem(debit.debtor.iban),
                "" if charset.clean(debit.debtor.name) else "name_missing",
                _address_problem(debit.debtor),
                _mandate_problem(debit.mandate),
                ""
                if charset.is_identifier(debit.end_to_end_id)
                else "end_to_end_id_invalid",
            ),
        )
    )


def batch_problems(batch, today):
    """Return what forbids a batch on the day of its file, as a tuple of codes."""
    problems = []
    if batch.due_date <= today:
        problems.append("due_date_past")
    if not target2.is_business_day(batch.due_date):
        problems.append("due_date_closed")
    if not charset.is_identifier(batch.batch_id):
        problems.append("batch_id_invalid")
    return tuple(problems)


def creditor_problems(creditor):
    """Return what forbids a creditor to draw money, as a tuple of codes."""
    wrong_iban = iban_problem(creditor.account.iban)
    found = (
        creditor_id_problem(creditor.creditor_id),
        wrong_iban and f"creditor_{wrong_iban}",
        "" if charset.clean(creditor.account.name) else "creditor_name_missing",
    )
    return tuple(filter(None, found))


def amount_problem(amount):
    """Return the code of an amount that cannot be collected, or an empty text."""
    is_whole = amount == amount.quantize(CENT)
    return "" if is_whole and LEAST <= amount <= MOST else "amount_out_of_range"


def iban_problem(iban):
    """Return the code of an account that cannot be debited, or an empty text."""
    reading = iban_reading.read(iban)
    if reading.state != "valid":
        return "iban_invalid" if iban else "iban_missing"
    return "" if reading.normal[:2] in SEPA else "iban_outside_sepa"


def creditor_id_problem(creditor_id):
    """Return the code of a wrong creditor identifier, or an empty text."""
    if not creditor_id:
        return "creditor_id_missing"
    return "" if at_02.is_valid(creditor_id) else "creditor_id_invalid"


def reference_problem(reference):
    """Return the code of a reference no bank takes, or an empty text."""
    return "" if charset.is_identifier(reference) else "mandate_reference_invalid"


def _address_problem(debtor):
    """Return the code of an address that is missing where it has to be told."""
    if debtor.address or debtor.iban[:2] not in BEYOND_EEA:
        return ""
    return "address_missing"


def _mandate_problem(mandate):
    """Return the code of what is wrong with a mandate, or an empty text."""
    if problem := reference_problem(mandate.reference):
        return problem
    if not mandate.signed_date:
        return "mandate_unsigned"
    amendment = mandate.amendment
    if amendment is None:
        return ""
    if amendment.original_reference and reference_problem(amendment.original_reference):
        return "amendment_invalid"
    old_creditor = amendment.original_creditor_id
    if old_creditor and creditor_id_problem(old_creditor):
        return "amendment_invalid"
    is_empty = not (
        amendment.original_reference
        or amendment.is_new_account
        or old_creditor
        or amendment.original_creditor_name
    )
    return "amendment_invalid" if is_empty else ""
