# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Build the documents of a batch of bills with a constant number of queries."""

from collections import defaultdict
from functools import cache

from ...bill.call_format import phone_number
from ...bill.document import (
    BillDocument,
    Brand,
    ChargeGroup,
    Contact,
)
from .bill_charge import charge_line
from .bill_collection import collection
from .bill_history import BillHistory
from .bill_labels import bill_labels
from .bill_names import BillNames
from .bill_party import party, without_scheme
from .bill_tax import tax_lines
from .bill_usage import BillUsage

CALLING_CODE = "34"


class BillBuilder:
    """Builds the documents of bills of one company.

    Everything is read when it is made; :meth:`document` then only puts together.
    Invoices and previews differ in their heads and in who lists charges and taxes.
    """

    def __init__(self, env, company, heads, charges, taxes):
        """Read what the bills share.

        :param Environment env: may read whatever a bill shows (see the callers)
        :param list heads: BillHead of each bill
        :param list charges: rows of step 70 or 72
        :param list taxes: rows of step 71, or dictionaries of the same keys
        """
        self.env = env
        self.company = company
        self._calling_code = str(company.country_id.phone_code or CALLING_CODE)
        self._charges = _by_bill(charges)
        self._taxes = _by_bill(taxes)
        with_included = company.telecom_bill_itemisation == "all"
        with_free = company.telecom_bill_free_calls == "counted"
        self._usage = BillUsage(env, heads, with_included, with_free)
        self._history = BillHistory(env, company, heads)
        self._subscriptions = self._read_subscriptions(charges)
        self._names = cache(lambda language: BillNames(env, language))
        self._labels = cache(lambda language: bill_labels(self._in(language)))
        self._texts = cache(self._read_texts)

    def document(self, head) -> BillDocument:
        """Return the document of one bill."""
        language = head.language
        names = self._names(language)
        titles = self._titles(head)
        return BillDocument(
            language=language,
            labels=self._labels(language),
            charge_groups=self._charge_groups(head, titles),
            taxes=tax_lines(self._taxes[head.id], names),
            collection=collection(head),
            customer=party(head.partner, self.company, self._in(language)),
            usage=self._usage.of(head, titles, names),
            history=self._history.of(head),
            **self._head_values(head),
            **self._texts(language),
        )

    def _head_values(self, head):
        """Return the values that the head gives as they are."""
        fields = (
            "number",
            "bill_date",
            "due_date",
            "period_start",
            "period_end",
            "amount_untaxed",
            "amount_tax",
            "amount_total",
            "currency",
            "is_draft",
            "is_credit_note",
            "corrected_number",
            "correction_reason",
        )
        return {name: getattr(head, name) for name in fields}

    # what is the same on every bill of a language

    def _in(self, language):
        return self.env(context={**self.env.context, "lang": language})

    def _read_texts(self, language):
        """Return brand, issuer, contact and texts of the company."""
        company = self.company.with_env(self._in(language))
        return {
            "issuer": party(company.partner_id, company, self._in(language)),
            "brand": Brand(
                primary_color=company.telecom_bill_color,
                accent_color=company.telecom_bill_accent_color,
                logo=company._telecom_bill_logo_bytes(),
            ),
            "contact": Contact(
                phone=company.telecom_bill_phone or company.phone or "",
                email=company.telecom_bill_email or company.email or "",
                website=without_scheme(
                    company.telecom_bill_website or company.website or ""
                ),
            ),
            "message": company.telecom_bill_message or "",
            "claims": company._telecom_bill_claims_text(),
            "footer": company.telecom_bill_footer or "",
            "sections": company._telecom_bill_section_names(),
            "country_calling_code": self._calling_code,
        }

    # subscriptions and their charges

    def _read_subscriptions(self, charges):
        ids = {row["subscription_id"] for row in charges if row["subscription_id"]}
        subscriptions = self.env["contract.contract"].browse(
            sorted(ids | self._usage.subscription_ids())
        )
        return {subscription.id: subscription for subscription in subscriptions}

    def _titles(self, head):
        """Return {subscription id: (title, subtitle)}, numbers in their own order."""
        ids = {row["subscription_id"] for row in self._charges[head.id]}
        ids.update(self._usage.subscription_ids_of(head))
        subscriptions = [self._subscriptions[id_] for id_ in ids if id_]
        subscriptions.sort(
            key=lambda s: (s.telecom_service_type_id.sequence, s.code, s.id)
        )
        env = self._in(head.language)
        return {s.id: self._title(s.with_env(env)) for s in subscriptions}

    def _title(self, subscription):
        """Return "Mobile 612 345 678" and the offering's name."""
        service = subscription.telecom_service_type_id.name or ""
        label = subscription.main_resource_name or subscription.code or ""
        label = phone_number(label, self._calling_code)
        return f"{service} {label}".strip(), subscription.telecom_offering_id.name or ""

    def _charge_groups(self, head, titles):
        lines = defaultdict(list)
        for row in self._charges[head.id]:
            subscription = self._subscriptions.get(row["subscription_id"])
            number = subscription.main_resource_name if subscription else None
            lines[row["subscription_id"]].append(charge_line(row, number))
        groups = [
            ChargeGroup(*titles[subscription_id], tuple(lines[subscription_id]))
            for subscription_id in titles
            if subscription_id in lines
        ]
        if None in lines:
            title = self._in(head.language)._("Other items")
            groups.append(ChargeGroup(title, "", tuple(lines[None])))
        return tuple(groups)


def _by_bill(rows):
    """Group rows by the bill that they are of."""
    grouped = defaultdict(list)
    for row in rows:
        grouped[row["bill_id"]].append(row)
    return grouped
