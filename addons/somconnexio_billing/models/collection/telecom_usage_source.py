# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...collection.errors import PatternError
from ...collection.name_pattern import NamePattern
from .messages import collection_error_text

SECRET_GROUP = "somconnexio_base.group_telecom_admin"


class TelecomUsageSource(models.Model):
    """A place that a provider's usage files come from."""

    _name = "telecom.usage.source"
    _description = "Usage source"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(
        [
            ("folder", "Watched folder"),
            ("sftp", "SFTP server"),
            ("upload", "Upload by HTTP"),
            ("manual", "Imported by hand"),
        ],
        required=True,
        default="folder",
    )
    format_id = fields.Many2one(
        "telecom.usage.format",
        check_company=True,
        help="Leave empty to let each file's name tell its format.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        help="Files come in by this person's rights; what is missing is told to them.",
    )
    is_load_wanted = fields.Boolean(
        string="Load on arrival",
        default=True,
        help="In the background; otherwise files wait for the next bill run.",
    )
    settle_seconds = fields.Integer(
        string="Unchanged for (seconds)",
        default=60,
        help="A file is fetched once it has not changed for so long.",
    )

    folder = fields.Char(
        help="Below the folder that odoo.conf allows. Taken files move to done/."
    )
    sftp_host = fields.Char(string="Server")
    sftp_port = fields.Integer(string="Port", default=22)
    sftp_host_key = fields.Char(
        string="Host key", help="As in known_hosts: ssh-ed25519 AAAA…"
    )
    sftp_directory = fields.Char(string="Directory", default="/")
    sftp_user = fields.Char(string="Login", groups=SECRET_GROUP)
    sftp_password = fields.Char(string="Password", groups=SECRET_GROUP, copy=False)
    sftp_private_key = fields.Text(
        string="Private key",
        groups=SECRET_GROUP,
        copy=False,
        help="Instead of a password: PEM text without passphrase.",
    )
    sftp_after = fields.Selection(
        [
            ("leave", "Leave it there"),
            ("move", "Move it to done/"),
            ("delete", "Delete it there"),
        ],
        string="Once fetched",
        required=True,
        default="leave",
    )

    delivery_ids = fields.One2many("telecom.usage.delivery", "source_id")
    file_ids = fields.One2many("telecom.usage.file", "source_id")
    file_count = fields.Integer(string="Files", compute="_compute_file_count")
    fetched_at = fields.Datetime(string="Last look", readonly=True, copy=False)
    succeeded_at = fields.Datetime(string="Last success", readonly=True, copy=False)
    error_message = fields.Char(string="Last error", readonly=True, copy=False)
    state = fields.Selection(
        [("idle", "Not used yet"), ("running", "Running"), ("failing", "Failing")],
        compute="_compute_state",
    )

    _settle_positive = models.Constraint(
        "CHECK(settle_seconds >= 0)", "Seconds cannot be negative."
    )
    _folder_once = models.UniqueIndex(
        "(folder) WHERE kind = 'folder' AND active",
        "Another source watches this folder already.",
    )

    @api.depends("error_message", "succeeded_at")
    def _compute_state(self):
        for source in self:
            if source.error_message:
                source.state = "failing"
            else:
                source.state = "running" if source.succeeded_at else "idle"

    def _compute_file_count(self):
        groups = self.env["telecom.usage.file"]._read_group(
            [("source_id", "in", self.ids)], ["source_id"], ["__count"]
        )
        counts = dict(groups)
        for source in self:
            source.file_count = counts.get(source, 0)

    @api.constrains("name_pattern", "frequency")
    def _check_name_pattern(self):
        for source in self:
            try:
                pattern = source._pattern()
            except PatternError as error:
                raise ValidationError(collection_error_text(self.env, error)) from error
            if source.frequency and not (pattern and pattern.has_date):
                raise ValidationError(
                    self.env._(
                        "To know what is late, the name pattern must tell the date."
                    )
                )

    def _pattern(self):
        """Return the ``NamePattern`` of this source, None without one."""
        return NamePattern(self.name_pattern) if self.name_pattern else None

    def action_view_files(self):
        """Open the files that came from here."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_usage_file"
        )
        action["domain"] = [("source_id", "in", self.ids)]
        action["context"] = {}
        return action
