# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The words printed on the bill, as source strings that Odoo translates."""


def bill_labels(env):
    """Return every label of :data:`bill.labels.PLACEHOLDERS`.

    :param Environment env: its language is the bill's
    :return: dict of key to translated text
    """
    return _labels_of_summary(env) | _labels_of_charges(env) | _labels_of_usage(env)


def _labels_of_summary(env):
    return {
        "title": env._("Your bill"),
        "title_credit_note": env._("Corrective invoice"),
        "draft": env._("DRAFT"),
        "corrects": env._("Corrects bill %(number)s"),
        "correction_reason": env._("Reason: %(reason)s"),
        "customer_tax_id": env._("Tax ID %(tax_id)s"),
        "issuer_tax_id": env._("Tax ID %(tax_id)s"),
        "total_to_pay": env._("Total to pay"),
        "total_in_your_favour": env._("In your favour"),
        "collected_on": env._("We will collect it on"),
        "collected": env._("We will collect it"),
        "pay_before": env._("Please pay before"),
        "pay": env._("Please pay by transfer"),
        "refunded": env._("We will return it to you"),
        "nothing_to_pay": env._("There is nothing to pay"),
        "from_account": env._("from account %(iban)s"),
        "to_account": env._("to account %(iban)s"),
        "mandate": env._("Direct debit by mandate %(reference)s."),
        "bill_number": env._("Bill"),
        "bill_date": env._("Date"),
        "due_date": env._("Due"),
        "period": env._("Period"),
        "last_months": env._("Last months"),
        "claims": env._("Do you disagree with this bill?"),
        "help": env._("Need help?"),
        "page": env._("%(page)s of %(pages)s"),
    }


def _labels_of_charges(env):
    return {
        "your_charges": env._("What you pay for"),
        "your_corrections": env._("What is corrected"),
        "no_charges": env._("No charges."),
        "quantity_times_price": env._("%(quantity)s × %(price)s"),
        "days_of_month": env._("%(days)s of %(month_days)s days of %(price)s"),
        "taxable_base": env._("Taxable base"),
        "tax_on_base": env._("%(tax)s on %(base)s"),
        "total": env._("Total"),
        "prices_untaxed": env._("Amounts without taxes."),
    }


def _labels_of_usage(env):
    return {
        "your_usage": env._("What you used"),
        "used_of_limit": env._("%(used)s of %(limit)s"),
        "used_unlimited": env._("%(used)s · unlimited"),
        "left": env._("%(quantity)s left"),
        "over": env._("%(quantity)s over the allowance"),
        "all_used": env._("All used"),
        "column_concept": env._("Kind of usage"),
        "column_count": env._("Uses"),
        "column_usage": env._("Usage"),
        "column_charged": env._("Charged"),
        "column_amount": env._("Amount"),
        "included": env._("incl."),
        "itemised": env._("Itemised usage"),
        "column_date": env._("Date"),
        "column_time": env._("Time"),
        "column_number": env._("Number"),
        "column_destination": env._("Destination"),
        "column_quantity": env._("Usage"),
        "unlisted": env._("Not listed (%(count)s)"),
        "group_total": env._("Total (%(count)s)"),
        "continued": env._("%(title)s (continued)"),
        "late_note": env._(
            "Usage of earlier days than the bill's was reported to us late."
        ),
        "itemised_note": env._(
            "Free calls are not listed. You may ask us for bills without this list."
        ),
    }
