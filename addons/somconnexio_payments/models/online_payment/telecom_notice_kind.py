# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

#: Kinds that end with the link until somebody decides otherwise.
KINDS = (
    "debit_returned",
    "dunning_reminder",
    "dunning_reminder_again",
    "dunning_suspension_notice",
    "dunning_suspended",
    "dunning_termination_notice",
    "instalment_called",
    "instalment_failed",
)
_LINK = Markup('<p><a href="{url}">{label}</a></p>')


class TelecomNoticeKind(models.Model):
    """Reminders end with the link by which the debt is paid."""

    _inherit = "telecom.notice.kind"

    with_pay_link = fields.Boolean(
        string="Ends with the pay link",
        help="What the person owes can be paid by card or Bizum from the message, when "
        "the company takes them.",
    )

    @api.model
    def _init_pay_links(self):
        """Let the kinds that ask for money end with the link, where nobody chose."""
        self.flush_model(["code", "with_pay_link"])
        self.env.cr.execute(
            SQL(
                "UPDATE telecom_notice_kind SET with_pay_link = (code IN %s)"
                " WHERE with_pay_link IS NULL",
                KINDS,
            )
        )
        self.invalidate_model(["with_pay_link"])

    def _render(self, res_ids, lang):
        """Override of ``base`` to add the link to mail and portal."""
        words = super()._render(res_ids, lang)
        if not self.with_pay_link:
            return words
        label = self.with_context(lang=lang).env._("Pay by card or Bizum")
        for record, url in self._pay_urls(res_ids).items():
            if url:
                wording = words[record.id]
                link = _LINK.format(url=url, label=label)
                words[record.id] = wording._replace(body=wording.body + link)
        return words

    def _pay_urls(self, res_ids):
        """Return {record: pay link or ""} of the records of notices."""
        records = self.env[self.model].browse(res_ids)
        payables = {record: self._payable(record) for record in records}
        known = [payable for payable in payables.values() if payable]
        if not known:
            return {}
        urls = known[0].concat(*known)._offered_pay_urls()
        return {record: urls.get(payable, "") for record, payable in payables.items()}

    def _payable(self, record):
        """Return what is paid for a record: itself, or the account it is about."""
        if "telecom_pay_url" in record._fields:
            return record
        for name in ("billing_account_id", "telecom_billing_account_id"):
            if name in record._fields:
                return record[name]
        return self.env["telecom.billing.account"]
