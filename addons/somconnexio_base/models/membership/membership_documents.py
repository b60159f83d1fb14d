# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from base64 import b64decode
from io import BytesIO

from odoo import api, models
from odoo.exceptions import UserError

from ...register import (
    Certificate,
    PdfColumn,
    TableDocument,
    write_certificate,
    write_table,
)
from ..pdf_document import font_folders, open_document
from .book_text import LocalText
from .membership import LIVE_STATES
from .membership_capital import BALANCE_FIELDS

AMOUNTS = BALANCE_FIELDS[1:]


class CooperativeMembership(models.Model):
    """Papers for the member: certificate and statement of share capital."""

    _inherit = "cooperative.membership"

    def action_certificate(self):
        """Make the certificate of a membership and open it; it stays attached."""
        self.ensure_one()
        name = self.env._("Certificate %s.pdf", self.number or self.id)
        return open_document(self, name, self.certificate_pdf())

    def action_statement(self):
        """Make the statement of a member's share capital and open it."""
        self.ensure_one()
        name = self.env._("Share capital %s.pdf", self.number or self.id)
        return open_document(self, name, self.statement_pdf())

    @api.private
    def certificate_pdf(self):
        """Return the certificate as PDF, in the member's language.

        :return: bytes
        :raise UserError: when the membership is not in force
        """
        self.ensure_one()
        if self.state not in LIVE_STATES:
            raise UserError(
                self.env._(
                    "%(membership)s is “%(state)s”: certificates are for memberships "
                    "in force.",
                    membership=self.display_name,
                    state=self._state_labels()[self.state],
                )
            )
        localised = self.with_context(lang=self.partner_id.lang or self.env.lang)
        return write_certificate(localised._certificate(), font_folders())

    def _certificate(self):
        """Return what the certificate says, in the language of the context."""
        company = self.company_id
        text = self._local_text()
        return Certificate(
            title=self.env._("Certificate of membership"),
            issuer=company.name,
            issuer_lines=self._issuer_lines(),
            body=self._certificate_body(text),
            facts=self._certificate_facts(text),
            place_and_date=", ".join(
                filter(None, (company.city, text.long_date(company._telecom_today())))
            ),
            signature_label=self.env._("On behalf of the governing board"),
            footer=" · ".join(
                filter(None, (company.name, company.vat, company.website))
            ),
            language=self.env.lang or "en",
            logo=self._issuer_logo(),
        )

    def _certificate_body(self, text):
        """Return the paragraphs of the certificate."""
        values = {
            "name": self.partner_id.name,
            "vat": self.partner_id.vat or "-",
            "company": self.company_id.name,
            "number": self.number,
            "date": text.long_date(self.joined_date),
        }
        if self.kind == "member":
            first = self.env._(
                "%(name)s, with tax ID %(vat)s, is a member of %(company)s with the "
                "number %(number)s since %(date)s.",
                **values,
            )
        else:
            first = self.env._(
                "%(name)s, with tax ID %(vat)s, uses the services of %(company)s with "
                "the number %(number)s since %(date)s, without share capital.",
                **values,
            )
        last = self.env._("This is certified at the request of the person concerned.")
        return f"{first}\n\n{last}"

    def _certificate_facts(self, text):
        """Return pairs of label and value."""
        facts = [
            (self.env._("Number"), self.number),
            (self.env._("Member since"), text.long_date(self.joined_date)),
        ]
        for share_class, balance in self._balances().items():
            if balance.shares:
                value = self.env._(
                    "%(count)s of %(price)s: %(subscribed)s subscribed, %(paid)s paid",
                    count=text.number(balance.shares),
                    price=text.money(share_class.share_price),
                    subscribed=text.money(balance.subscribed),
                    paid=text.money(balance.paid),
                )
                facts.append((share_class.name, value))
        if self.representative_id:
            facts.append((self.env._("Represented by"), self.representative_id.name))
        if self.sponsor_id and self.kind == "sponsored":
            facts.append((self.env._("Sponsored by"), self.sponsor_id.partner_id.name))
        return facts

    @api.private
    def statement_pdf(self):
        """Return all movements of a member's share capital as PDF.

        :return: bytes
        """
        self.ensure_one()
        localised = self.with_context(lang=self.partner_id.lang or self.env.lang)
        output = BytesIO()
        write_table(output, localised._statement(), font_folders())
        return output.getvalue()

    def _statement(self):
        """Return what the statement says, in the language of the context."""
        text = self._local_text()
        movements = self.movement_ids.sorted(lambda one: (one.date, one.id))
        kinds = dict(movements._fields["kind"]._description_selection(self.env))
        rows = [
            [
                text.date(movement.date),
                kinds[movement.kind],
                movement.share_class_id.name,
                text.number(movement.share_count) if movement.share_count else "",
                *(self._statement_amount(text, movement[name]) for name in AMOUNTS),
            ]
            for movement in movements
        ]
        return TableDocument(
            title=self.env._("Statement of share capital"),
            subtitle=" · ".join(
                filter(
                    None,
                    (
                        self.display_name,
                        self.partner_id.vat,
                        text.long_date(self.company_id._telecom_today()),
                    ),
                )
            ),
            issuer=self._issuer_label(),
            page_label=self.env._("Page %(page)s of %(pages)s"),
            columns=self._statement_columns(),
            rows=rows,
            row_count=len(rows),
            totals=self._statement_totals(text),
            language=self.env.lang or "en",
            is_landscape=False,
            note=self.env._(
                "Subscribed is what was promised, called what has fallen due, paid "
                "what came in."
            ),
        )

    def _statement_columns(self):
        """Return the columns of the statement."""
        return (
            PdfColumn(self.env._("Date")),
            PdfColumn(self.env._("Movement of capital"), 2),
            PdfColumn(self.env._("Share class"), 2),
            PdfColumn(self.env._("Shares"), 0.8, True),
            PdfColumn(self.env._("Subscribed"), 1.2, True),
            PdfColumn(self.env._("Called"), 1.2, True),
            PdfColumn(self.env._("Paid"), 1.2, True),
            PdfColumn(self.env._("To be refunded"), 1.2, True),
        )

    def _statement_totals(self, text):
        """Return the texts of the last row: what the member holds."""
        amounts = [text.money(self[name]) for name in AMOUNTS]
        return ["", self.env._("Balance"), "", text.number(self.share_count), *amounts]

    def _statement_amount(self, text, amount):
        """Return an amount as text; nothing for zero."""
        return text.money(amount) if amount else ""

    def _local_text(self):
        """Return what writes values in the language of the context."""
        return LocalText(self.env.lang, self.currency_id.name)

    def _issuer_lines(self):
        """Return name and address of the cooperative, one text a line."""
        company = self.company_id
        town = " ".join(filter(None, (company.zip, company.city)))
        lines = (company.name, company.street, town, company.vat)
        return [line for line in lines if line]

    def _issuer_logo(self):
        """Return the cooperative's own logo; None when it has none."""
        company = self.company_id.sudo()
        has_own = company.logo_web and not company.uses_default_logo
        return b64decode(company.logo_web) if has_own else None

    def _issuer_label(self):
        """Return the cooperative's name with its tax ID."""
        return " · ".join(filter(None, (self.company_id.name, self.company_id.vat)))
