# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from secrets import token_urlsafe

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...notices import mapping

PLACEHOLDERS = {"number", "text", "reference", "sender", "secret", "report_url"}
ASKING_PLACEHOLDERS = {"reference", "gateway_id", "number", "secret"}
MEANINGS = {"accepted", "delivered", "failed"}


class TelecomSmsGateway(models.Model):
    """A provider of SMS that is called over HTTP: how, as data."""

    _name = "telecom.sms.gateway"
    _description = "SMS gateway"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: for all companies."
    )
    method = fields.Selection(
        [("POST", "POST"), ("PUT", "PUT"), ("GET", "GET")],
        required=True,
        default="POST",
    )
    url = fields.Char(required=True, help="Where messages are handed over, by https.")
    header_json = fields.Text(
        string="Headers",
        required=True,
        default='{"Authorization": "Bearer {secret}"}',
        help="A JSON object. {secret} stands for the key below.",
    )
    secret = fields.Char(
        string="Key",
        copy=False,
        groups="somconnexio_base.group_telecom_admin",
        help="Stands for {secret} in addresses, headers and bodies.",
    )
    body_format = fields.Selection(
        [("json", "JSON"), ("form", "Form fields"), ("query", "In the address")],
        string="Message as",
        required=True,
        default="json",
    )
    body_json = fields.Text(
        string="Message",
        required=True,
        default='{"to": "{number}", "from": "{sender}", "text": "{text}",'
        ' "reference": "{reference}"}',
        help="A JSON object. {number} is in international form without +, {reference}"
        " our name of the message, {report_url} where delivery reports are taken.",
    )
    id_path = fields.Char(
        string="Id in the answer",
        help="The way to the gateway's id of the message in its JSON answer, such as"
        " messages.0.id. Empty: it gives none.",
    )
    timeout_seconds = fields.Integer(required=True, default=15)
    messages_per_minute = fields.Integer(required=True, default=600)
    connection_count = fields.Integer(
        string="Messages at once", required=True, default=4
    )
    ignores_repeats = fields.Boolean(
        string="Ignores repeats",
        help="A message with a reference that it had before is not sent twice. Then"
        " a message without an answer can be offered again.",
    )
    status_url = fields.Char(
        string="Address for questions",
        help="Asked with GET about a message of unknown outcome, such as"
        " https://sms.example.org/messages/{reference}. 404 means: never had it.",
    )
    status_path = fields.Char(string="Word in the answer", default="status")
    status_json = fields.Text(
        string="Words",
        required=True,
        default='{"DELIVRD": "delivered", "ACCEPTD": "accepted", "ENROUTE":'
        ' "accepted", "UNDELIV": "failed", "EXPIRED": "failed", "REJECTD": "failed",'
        ' "DELETED": "failed"}',
        help="A JSON object: the gateway's words for accepted, delivered and failed."
        " Other words mean: on its way.",
    )
    report_list_path = fields.Char(
        string="List of reports", help="Empty: one report in each call."
    )
    report_id_path = fields.Char(string="Id in a report", required=True, default="id")
    report_status_path = fields.Char(
        string="Word in a report", required=True, default="status"
    )
    report_token = fields.Char(
        required=True,
        copy=False,
        default=lambda self: token_urlsafe(32),
        groups="somconnexio_base.group_telecom_admin",
    )
    report_url = fields.Char(
        string="Address for delivery reports",
        compute="_compute_report_url",
        groups="somconnexio_base.group_telecom_admin",
        help="Give this address to the gateway, and to nobody else.",
    )
    paused_until_at = fields.Datetime(readonly=True, copy=False)
    pause_reason = fields.Char(readonly=True, copy=False)

    _limits = models.Constraint(
        "CHECK (timeout_seconds BETWEEN 1 AND 120"
        " AND messages_per_minute BETWEEN 1 AND 60000"
        " AND connection_count BETWEEN 1 AND 32)",
        "Wait 1 to 120 seconds, send 1 to 60000 messages a minute, 1 to 32 at once.",
    )

    @api.depends("report_token")
    def _compute_report_url(self):
        base_url = self.get_base_url()
        for gateway in self:
            gateway.report_url = gateway.id and (
                f"{base_url}/telecom/sms/report/{gateway.id}/{gateway.report_token}"
            )

    @api.constrains("url", "status_url")
    def _check_urls(self):
        for gateway in self:
            for url in filter(None, (gateway.url, gateway.status_url)):
                if not url.startswith(("https://", "http://")):
                    raise ValidationError(
                        self.env._(
                            "Gateway “%(name)s”: “%(url)s” must begin with https://",
                            name=gateway.name,
                            url=url,
                        )
                    )

    @api.constrains("header_json", "body_json", "status_json", "url", "status_url")
    def _check_mappings(self):
        for gateway in self:
            gateway._check_placeholders(
                [
                    gateway.url,
                    gateway._object("header_json"),
                    gateway._object("body_json"),
                ],
                PLACEHOLDERS,
            )
            gateway._check_placeholders(gateway.status_url or "", ASKING_PLACEHOLDERS)
            gateway._check_message()
            gateway._check_meanings()

    def _object(self, field_name):
        """Return the JSON object of a field.

        :raise ValidationError: naming the field and what is wrong with its text
        """
        try:
            value = json.loads(self[field_name] or "{}")
        except ValueError as error:
            problem = str(error)
        else:
            if isinstance(value, dict):
                return value
            problem = self.env._("it is no object")
        raise ValidationError(
            self.env._(
                "Gateway “%(name)s”, %(field)s: write a JSON object in braces;"
                " %(problem)s.",
                name=self.name,
                field=self._fields[field_name]._description_string(self.env),
                problem=problem,
            )
        )

    def _check_placeholders(self, template, known):
        unknown = mapping.placeholders(template) - known
        if unknown:
            raise ValidationError(
                self.env._(
                    "Gateway “%(name)s”: {%(unknown)s} stands for nothing. Use"
                    " %(known)s.",
                    name=self.name,
                    unknown=sorted(unknown)[0],
                    known=", ".join(f"{{{one}}}" for one in sorted(known)),
                )
            )

    def _check_message(self):
        used = mapping.placeholders([self.url, self._object("body_json")])
        missing = {"number", "text"} - used
        if missing:
            raise ValidationError(
                self.env._(
                    "Gateway “%(name)s”: its message lacks {%(missing)s}.",
                    name=self.name,
                    missing=sorted(missing)[0],
                )
            )

    def _check_meanings(self):
        wrong = set(map(str, self._object("status_json").values())) - MEANINGS
        if wrong:
            raise ValidationError(
                self.env._(
                    "Gateway “%(name)s”: a word means accepted, delivered or failed,"
                    " not “%(wrong)s”.",
                    name=self.name,
                    wrong=sorted(wrong)[0],
                )
            )
