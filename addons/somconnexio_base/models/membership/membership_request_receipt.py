# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.tools import formataddr

RECEIPT_KIND = "membership_request_received"


class CooperativeMembershipRequest(models.Model):
    """Telling who asked to join that the request has come."""

    _inherit = "cooperative.membership.request"

    receipt_mailed_at = fields.Datetime(
        string="Receipt mailed",
        readonly=True,
        copy=False,
        help="UTC instant at which a person not yet known was told that the request "
        "has come; known people get a notice.",
    )

    def _tell_received(self):
        """Tell who asked: known people by a notice, others by mail, each once.

        A notice needs a person, who is only written down on approval.
        """
        known = self.filtered("partner_id")
        known._announce(RECEIPT_KIND)
        kind = self.env["telecom.notice.kind"]._by_code(RECEIPT_KIND)
        strangers = (self - known).filtered(lambda one: not one.receipt_mailed_at)
        if kind.active and strangers:
            strangers._mail_receipts(kind)

    def _mail_receipts(self, kind):
        """Put one mail a request into the outgoing mail, in its language."""
        values = []
        for lang, requests in self.grouped(lambda one: one._receipt_lang()).items():
            words = kind._render(requests.ids, lang)
            values += [one._receipt_values(words[one.id]) for one in requests]
        self.env["mail.mail"].sudo().create(values)
        self._write_guarded(receipt_mailed_at=fields.Datetime.now())

    def _receipt_lang(self):
        """Return the language of the form, or the cooperative's."""
        self.ensure_one()
        return self.lang or self.company_id.partner_id.lang or self.env.lang or "en_US"

    def _receipt_values(self, wording):
        """Return the values of the mail; it shows in the request's history."""
        self.ensure_one()
        company = self.company_id
        return {
            "subject": wording.subject,
            "body": wording.body,
            "body_html": wording.body,
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "email_to": formataddr((self.name or "", self.email)),
            "model": self._name,
            "res_id": self.id,
            "headers": repr({"Auto-Submitted": "auto-generated"}),
            "auto_delete": False,
        }
