# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The paper of a payment plan, in the payer's language."""

from odoo import api, models

from odoo.addons.somconnexio_base.models.membership.book_text import LocalText
from odoo.addons.somconnexio_base.models.pdf_document import (
    font_folders,
    open_document,
)

from ...dunning_rules.agreement import Agreement, write_agreement


class TelecomPaymentPlan(models.Model):
    _inherit = "telecom.payment.plan"

    def action_print(self):
        """Make the agreement and open it; it stays attached."""
        self.ensure_one()
        name = self.env._("Payment plan %s.pdf", self.code)
        return open_document(self, name, self.agreement_pdf())

    @api.private
    def agreement_pdf(self):
        """Return the agreement as PDF.

        :return: bytes
        """
        self.ensure_one()
        lang = self.billing_account_id.lang or self.partner_id.lang or self.env.lang
        localised = self.with_context(lang=lang)
        return write_agreement(localised._agreement(), font_folders())

    def _agreement(self):
        """Return what the paper says, in the language of the context."""
        company, env = self.company_id, self.env
        text = LocalText(env.lang, self.currency_id.name)
        town = " ".join(filter(None, (company.zip, company.city)))
        issuer_lines = (company.name, company.street, town, company.vat)
        return Agreement(
            title=env._("Payment plan %s", self.code),
            issuer=company.name,
            issuer_lines=[line for line in issuer_lines if line],
            body=self._agreement_body(text),
            bills=self._bill_rows(text),
            instalments=self._instalment_rows(text),
            closing=self._agreement_closing(),
            place_and_date=", ".join(
                filter(
                    None,
                    (
                        company.city,
                        text.long_date(self.agreed_date or company._telecom_today()),
                    ),
                )
            ),
            signatures=(company.name, self.partner_id.name),
            page_label=env._("Page %(page)s of %(pages)s"),
            language=env.lang or "en",
        )

    def _agreement_body(self, text):
        """Return the paragraphs before the tables."""
        return self.env._(
            "%(name)s, with tax ID %(vat)s, owes %(company)s %(amount)s for the bills "
            "below and pays it in %(count)s instalments.",
            name=self.partner_id.name,
            vat=self.partner_id.vat or "-",
            company=self.company_id.name,
            amount=text.money(self.amount),
            count=len(self.instalment_ids),
        )

    def _agreement_closing(self):
        """Return the paragraphs after the tables."""
        if self.collection_method == "direct_debit":
            how = self.env._(
                "Each instalment is collected by direct debit on its day or the next "
                "bank day."
            )
        else:
            how = self.env._(
                "Each instalment is paid by transfer before its day, with the code of "
                "this plan."
            )
        kept = self.env._(
            "While the instalments are paid, the services are not restricted for these "
            "bills. If one is not paid within %s days, the plan ends and all that is "
            "open is due.",
            self.company_id.telecom_plan_grace_days,
        )
        return f"{how}\n\n{kept}"

    def _bill_rows(self, text):
        """Return the table of the bills: its head, and a row for each."""
        head = (self.env._("Bill"), self.env._("Date"), self.env._("Total"))
        return [
            head,
            *(
                (bill.name, text.date(bill.invoice_date), text.money(bill.amount_total))
                for bill in self.bill_ids.sorted("invoice_date")
            ),
        ]

    def _instalment_rows(self, text):
        """Return the table of the instalments: its head, and a row for each."""
        head = (self.env._("Instalment"), self.env._("Due"), self.env._("Amount"))
        return [
            head,
            *(
                (str(one.sequence), text.date(one.due_date), text.money(one.amount))
                for one in self.instalment_ids
            ),
        ]
