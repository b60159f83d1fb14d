# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...notices import sms_text


class TelecomNoticePreview(models.TransientModel):
    """What a kind of notice says about one record, in one language."""

    _name = "telecom.notice.preview"
    _description = "Preview of a notice"

    kind_id = fields.Many2one("telecom.notice.kind", required=True, readonly=True)
    record = fields.Reference(
        lambda self: [
            (model.model, model.name)
            for model in self.env["ir.model"].sudo().search([])
        ],
        string="About",
        help="The newest record is proposed.",
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )
    subject = fields.Char(compute="_compute_words")
    body = fields.Html(compute="_compute_words", sanitize=False)
    sms_text = fields.Text(string="SMS", compute="_compute_words")
    sms_size = fields.Char(string="Length of the SMS", compute="_compute_words")
    problem = fields.Char(compute="_compute_words")

    @api.model
    def default_get(self, fields):
        """Propose the newest record that the kind can be about."""
        values = super().default_get(fields)
        kind = self.env["telecom.notice.kind"].browse(values.get("kind_id"))
        sample = kind and kind._sample()
        if sample:
            values["record"] = f"{sample._name},{sample.id}"
        return values

    @api.depends("kind_id", "record", "lang")
    def _compute_words(self):
        for wizard in self:
            wizard.update(wizard._words())

    def _words(self):
        """Return the values that the chosen record and language make."""
        values = dict.fromkeys(("subject", "body", "sms_text", "sms_size"), False)
        record = self.record
        if not record or record._name != self.kind_id.model:
            problem = self.env._("There is no record yet that it could be about.")
            return values | {"problem": problem}
        record.check_access("read")
        try:
            # Rendering may need what the user may not read, as sending does.
            words = self.kind_id.sudo()._render(record.ids, self.lang)[record.id]
        except UserError as error:
            return values | {"problem": str(error)}
        size = sms_text.measure(words.sms)
        return {
            "subject": words.subject,
            "body": words.body,
            "sms_text": words.sms,
            "sms_size": self.env._(
                "%(units)s signs, %(segments)s messages (%(encoding)s)",
                units=size.units,
                segments=size.segments,
                encoding=size.encoding,
            ),
            "problem": False,
        }
