# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...notices import plans
from .telecom_notice_kind import CHANNEL_PLANS
from .unchecked_many2one import UncheckedMany2one

STATES = [
    ("waiting", "Waiting"),
    ("sending", "Being sent"),
    ("sent", "Sent"),
    ("delivered", "Delivered"),
    ("shown", "In the portal"),
    ("failed", "Failed"),
    ("bounced", "Came back"),
    ("unclear", "Unclear"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
CHANNELS = [("mail", "E-mail"), ("sms", "SMS"), ("portal", "Portal"), ("post", "Post")]
#: Letters are for those who print them and note that they were handed over.
LETTER_PLANS = [("letter", "Letter"), ("mail_and_letter", "E-mail and letter")]
#: States from which a person may have a notice sent once more.
REPEATABLE_STATES = ("sent", "delivered", "failed", "bounced", "unclear", "cancelled")


class TelecomNotice(models.Model):
    """What one person is told about one record on one occasion: once.

    Rows are made by ``_announce``, in sets; each sending is a
    ``telecom.notice.attempt`` with its proof. *Unclear* is a sending that was
    interrupted or not answered: the message may have arrived, so nobody but a person
    sends it once more.
    """

    _name = "telecom.notice"
    _description = "Notice"
    _order = "id desc"
    _rec_name = "subject"
    _log_access = False

    kind_id = UncheckedMany2one(
        "telecom.notice.kind", required=True, readonly=True, ondelete="restrict"
    )
    purpose_id = fields.Many2one(related="kind_id.purpose_id")
    company_id = UncheckedMany2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    partner_id = UncheckedMany2one(
        "res.partner",
        string="Person",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    model = fields.Char(related="kind_id.model", string="Model")
    res_id = fields.Many2oneReference(
        string="About", model_field="model", required=True, readonly=True
    )
    about_text = fields.Char(
        string="About what",
        compute="_compute_about_text",
        help="Empty where the record is gone, or not for you to see.",
    )
    window_key = fields.Char(
        string="Occasion",
        required=True,
        readonly=True,
        default="",
        help="Tells apart notices of one kind about one record, such as a month.",
    )
    lang = fields.Char(string="Language", readonly=True)
    channel_plan = fields.Selection(
        CHANNEL_PLANS + LETTER_PLANS,
        string="Channels",
        readonly=True,
        help="Empty: those of its kind.",
    )
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True)
    reason = fields.Char(
        readonly=True,
        groups="somconnexio_base.group_telecom_user",
        help="Why it is not sent.",
    )
    announced_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )
    not_before_at = fields.Datetime(
        string="Not before",
        readonly=True,
        groups="somconnexio_base.group_telecom_user",
    )
    sent_at = fields.Datetime(readonly=True)
    subject = fields.Char(readonly=True)
    body = fields.Html(readonly=True, sanitize=False)
    attempt_ids = fields.One2many(
        "telecom.notice.attempt", "notice_id", string="Sendings", readonly=True
    )
    attempt_count = fields.Integer(compute="_compute_attempt_count")
    in_portal = fields.Boolean(related="kind_id.in_portal")

    # The person first: so the key also finds all that somebody was told.
    _once = models.Constraint(
        "UNIQUE (partner_id, kind_id, res_id, window_key)",
        "A person is told once about the same.",
    )
    # One short scan per kind finds what is next, however many wait. All that are
    # announced at once have one entry in it, which costs least to insert.
    _due_idx = models.Index(
        "(kind_id, company_id, channel, announced_at) WHERE state = 'waiting'"
    )

    @api.depends("subject", "kind_id")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = notice.subject or notice.kind_id.name

    @api.depends("kind_id", "res_id")
    @api.depends_context("uid")
    def _compute_about_text(self):
        for kind, notices in self.grouped("kind_id").items():
            records = kind._existing(notices.mapped("res_id"))
            readable = records._filtered_access("read")
            names = {record.id: record.display_name for record in readable}
            for notice in notices:
                notice.about_text = names.get(notice.res_id)

    @api.depends("attempt_ids")
    def _compute_attempt_count(self):
        for notice in self:
            notice.attempt_count = len(notice.attempt_ids)

    def _plan_code(self):
        """Return which channels it goes by: its own, or those of its kind."""
        return self.channel_plan or self.kind_id.channel_plan

    def _subject_record(self):
        """Return the record that a notice is about, empty when it is gone."""
        self.ensure_one()
        return self.kind_id._existing(self.res_id)

    def action_view_subject(self):
        """Open the record that the notice is about."""
        record = self._subject_record()
        if not record:
            raise UserError(
                self.env._("What this notice is about does not exist any more.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }

    def action_send_again(self):
        """Ask for the reason and send notices once more."""
        self._checked()._check_repeatable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send again"),
            "res_model": "telecom.notice.resend",
            "view_mode": "form",
            "target": "new",
            "context": {"default_notice_ids": self.ids},
        }

    def action_cancel(self):
        """Take back notices that wait.

        :raise UserError: naming one that does not wait any more
        """
        notices = self._checked()
        for notice in notices:
            if notice.state != "waiting" or notice.kind_id.is_sent_outside:
                raise UserError(
                    self.env._(
                        "“%(notice)s” for %(person)s is “%(state)s”: only what waits"
                        " to be sent from here can be cancelled.",
                        notice=notice.display_name,
                        person=notice.partner_id.display_name,
                        state=dict(STATES)[notice.state],
                    )
                )
        reason = self.env._("Cancelled by %s.", self.env.user.name)
        notices.write({"state": "cancelled", "reason": reason})
        return True

    def _checked(self):
        """Check role and rules; return the notices with the machine's rights, locked.

        Nobody has the right to write notices, so that they say what really happened.

        :raise AccessError: for who is no agent
        """
        self.check_access("read")
        if not self.env.user.has_group("somconnexio_base.group_telecom_agent"):
            raise AccessError(
                self.env._("Only agents send notices again or cancel them.")
            )
        notices = self.sudo()
        notices.lock_for_update()
        return notices

    def _check_repeatable(self):
        """Refuse what cannot be sent again.

        :raise UserError: naming the first such notice, and why
        """
        for notice in self:
            if (
                notice.state not in REPEATABLE_STATES
                or notice.kind_id.is_sent_outside
                or notice.channel not in (plans.MAIL, plans.SMS)
            ):
                raise UserError(
                    self.env._(
                        "“%(notice)s” for %(person)s is “%(state)s” and cannot be sent"
                        " again from here.",
                        notice=notice.display_name,
                        person=notice.partner_id.display_name,
                        state=dict(STATES)[notice.state],
                    )
                )

    def _send_again(self, reason):
        """Put notices back into the queue, in their first channel.

        :param str reason: a person's words, kept with the next sending
        :raise UserError: naming one that cannot be sent again, or without a reason
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the notices are sent once more."))
        notices = self._checked()
        notices._check_repeatable()
        for plan_code, some in notices.grouped(lambda one: one._plan_code()).items():
            some.write(
                {
                    "state": "waiting",
                    "channel": plans.first_channel(plan_code),
                    "reason": False,
                    "not_before_at": False,
                }
            )
        self.env["telecom.notice.attempt"]._prepare_again(notices, reason.strip())
        return True
