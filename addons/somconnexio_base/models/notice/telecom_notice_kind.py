# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError

CHANNEL_PLANS = [
    ("mail", "E-mail"),
    ("sms", "SMS"),
    ("mail_else_sms", "E-mail, or SMS if that fails"),
    ("sms_else_mail", "SMS, or e-mail if that fails"),
    ("mail_and_sms", "E-mail and SMS"),
    ("portal", "Portal only"),
]


class TelecomNoticeKind(models.Model):
    """What is told on one occasion: to whom, by which channels, in which words.

    A kind is data. Code announces it by its code and knows nothing of channels.
    """

    _name = "telecom.notice.kind"
    _inherit = "mail.render.mixin"
    _description = "Kind of notice"
    _order = "priority desc, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, copy=False, help="The name by which the programs announce it."
    )
    active = fields.Boolean(
        default=True, help="Archived: nothing of this kind is announced any more."
    )
    model_id = fields.Many2one(
        "ir.model",
        string="About",
        ondelete="set null",
        help="The kind of record that a notice is about. Empty: the addon that had it"
        " was uninstalled; its notices are kept as proof.",
    )
    model = fields.Char(related="model_id.model", string="Model name")
    partner_path = fields.Char(
        string="Person",
        default="partner_id",
        help="The fields that lead from the record to the person who is told, such as"
        " partner_id or subscription_id.partner_id. Empty: the record is the person.",
    )
    purpose_id = fields.Many2one(
        "telecom.notice.purpose", required=True, ondelete="restrict", index=True
    )
    channel_plan = fields.Selection(
        CHANNEL_PLANS,
        string="Channels",
        required=True,
        default="mail",
    )
    in_portal = fields.Boolean(
        string="Shown in the portal",
        default=True,
        help="The person finds the notice in the portal, whatever the channel.",
    )
    priority = fields.Selection(
        [("0", "Low"), ("1", "Normal"), ("2", "High")],
        required=True,
        default="1",
        help="What is sent first when many wait.",
    )
    respects_quiet_hours = fields.Boolean(
        default=True, help="Not sent within the quiet hours of the company."
    )
    resend_rule = fields.Selection(
        [
            ("never", "Never"),
            ("failed", "When it did not arrive"),
            ("days", "After some days"),
        ],
        string="Sent again",
        required=True,
        default="never",
        help="What happens when the same is announced once more.",
    )
    resend_days = fields.Integer(string="Days", default=7)
    is_sent_outside = fields.Boolean(
        string="Sent by another part",
        help="Another part of the system sends it and notes the outcome here, such as"
        " bill runs with their bills.",
    )
    notice_count = fields.Integer(compute="_compute_notice_count")

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another kind of notice already has this code."
    )
    _resend_days_positive = models.Constraint(
        "CHECK (resend_rule <> 'days' OR resend_days > 0)",
        "A notice is sent again after one day or more.",
    )

    def _compute_notice_count(self):
        groups = self.env["telecom.notice"]._read_group(
            [("kind_id", "in", self.ids)], ["kind_id"], ["__count"]
        )
        counts = dict(groups)
        for kind in self:
            kind.notice_count = counts.get(kind, 0)

    @api.constrains("model_id", "partner_path")
    def _check_partner_path(self):
        for kind in self:
            kind._path_fields()

    def _path_fields(self):
        """Return the fields that lead to the person; none when the record is one.

        :raise ValidationError: naming the step that leads nowhere, or without a model
        """
        self.ensure_one()
        if self.model not in self.env:
            raise ValidationError(
                self.env._("Kind of notice “%s”: say what it is about.", self.name)
            )
        model, steps = self.env[self.model], []
        for name in (self.partner_path or "").split(".") if self.partner_path else ():
            field = model._fields.get(name)
            if field is None or field.type != "many2one":
                raise ValidationError(self._path_problem(name))
            steps.append(field)
            model = self.env[field.comodel_name]
        if model._name != "res.partner":
            raise ValidationError(self._path_problem(self.partner_path or ""))
        return steps

    def _path_problem(self, step):
        return self.env._(
            "Kind of notice “%(kind)s”: “%(path)s” does not lead from %(model)s to a"
            " person, at “%(step)s”. Name many2one fields, joined by dots.",
            kind=self.name,
            path=self.partner_path or "",
            model=self.model,
            step=step,
        )

    def write(self, vals):
        """Refuse another model once there are notices, and another code at all."""
        model_id = vals.get("model_id")
        for kind in self:
            is_other = kind.model_id and kind.model_id.id != model_id
            if model_id and is_other and kind.notice_count:
                raise ValidationError(
                    self.env._("There are notices of this kind: make another kind.")
                )
            if vals.get("code", kind.code) != kind.code:
                raise ValidationError(
                    self.env._(
                        "Programs announce “%s” by this code: make another kind.",
                        kind.code,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_announced(self):
        """Keep the kinds that programs announce by their code."""
        named = self.get_external_id()
        self.filtered(lambda kind: named[kind.id])._refuse_deletion()

    @api.ondelete(at_uninstall=True)
    def _unlink_except_told(self):
        """Keep the kinds with notices, also when the addon that brought them goes.

        No foreign key does it: see ``UncheckedMany2one``.
        """
        self.filtered(lambda kind: kind.sudo().notice_count)._refuse_deletion()

    def _refuse_deletion(self):
        """Raise for the first of these kinds, if there is one."""
        if kind := self[:1]:
            raise ValidationError(
                self.env._(
                    "“%s” is announced by programs, or has notices: archive it,"
                    " then nobody is told.",
                    kind.name,
                )
            )

    def _existing(self, res_ids):
        """Return the records of the kind's model that are there.

        :param list res_ids: ids; none is there when the model's addon is gone
        """
        self.ensure_one()
        if self.model not in self.env:
            return self.browse()
        return self.env[self.model].browse(res_ids).exists()

    @api.model
    def _by_code(self, code):
        """Return the kind of a code, also an archived one.

        :raise ValidationError: when there is none
        """
        kind = self.sudo().with_context(active_test=False).search([("code", "=", code)])
        if not kind:
            raise ValidationError(
                self.env._(
                    "There is no kind of notice with the code “%s”. Add it in Telecom,"
                    " Configuration, Kinds of notice.",
                    code,
                )
            )
        return kind

    def action_view_notices(self):
        """Open the notices of this kind."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_notice"
        )
        return action | {"domain": [("kind_id", "=", self.id)], "context": {}}
