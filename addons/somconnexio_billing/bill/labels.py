# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The words printed on a bill: which ones exist and what they may contain.

The words themselves come from the caller, already translated. ``%(name)s`` marks a
value that the layout fills in.
"""

from collections.abc import Mapping

# key -> values that the text may use
PLACEHOLDERS = {
    "title": (),
    "title_credit_note": (),
    "draft": (),
    "corrects": ("number",),
    "correction_reason": ("reason",),
    "customer_tax_id": ("tax_id",),
    "issuer_tax_id": ("tax_id",),
    "total_to_pay": (),
    "total_in_your_favour": (),
    "collected_on": (),
    "collected": (),
    "pay_before": (),
    "pay": (),
    "refunded": (),
    "nothing_to_pay": (),
    "from_account": ("iban",),
    "to_account": ("iban",),
    "mandate": ("reference",),
    "bill_number": (),
    "bill_date": (),
    "due_date": (),
    "period": (),
    "your_charges": (),
    "your_corrections": (),
    "no_charges": (),
    "quantity_times_price": ("quantity", "price"),
    "days_of_month": ("days", "month_days", "price"),
    "taxable_base": (),
    "tax_on_base": ("tax", "base"),
    "total": (),
    "last_months": (),
    "claims": (),
    "help": (),
    "your_usage": (),
    "used_of_limit": ("used", "limit"),
    "used_unlimited": ("used",),
    "left": ("quantity",),
    "over": ("quantity",),
    "all_used": (),
    "column_concept": (),
    "column_count": (),
    "column_usage": (),
    "column_charged": (),
    "column_amount": (),
    "included": (),
    "itemised": (),
    "column_date": (),
    "column_time": (),
    "column_number": (),
    "column_destination": (),
    "column_quantity": (),
    "unlisted": ("count",),
    "group_total": ("count",),
    "continued": ("title",),
    "itemised_note": (),
    "late_note": (),
    "prices_untaxed": (),
    "page": ("page", "pages"),
}
KEYS = frozenset(PLACEHOLDERS)


def check(labels: Mapping[str, str]) -> None:
    """Refuse a set of labels that can't fill a bill.

    :raise ValueError: names the labels that are missing or the one that uses a value
        the layout doesn't give (a translation's slip)
    """
    missing = KEYS - labels.keys()
    if missing:
        raise ValueError(f"Labels missing from the bill: {', '.join(sorted(missing))}.")
    for key, names in PLACEHOLDERS.items():
        try:
            labels[key] % dict.fromkeys(names, "")
        except (KeyError, ValueError, TypeError) as error:
            raise ValueError(
                f"The bill's label {key!r} reads {labels[key]!r}: it may only use "
                f"{', '.join(f'%({name})s' for name in names) or 'plain text'}."
            ) from error
