# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

#: What a file may become from where it is.
STATES = {
    "received": ("checked", "refused"),
    "checked": ("booked", "refused"),
    "booked": (),
    "refused": (),
}
_PASS = object()


class TelecomBankFile(models.Model):
    """What a bank sent, checked whole before anything of it is booked.

    Nobody makes or changes files by hand: they come by ``receive``, from the screen, by
    the API or from OCA's upload button, and each content is there once.
    """

    _name = "telecom.bank.file"
    _description = "Bank file"
    _inherit = ["mail.thread"]
    _order = "received_at desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="File name", required=True, readonly=True)
    kind = fields.Char(
        readonly=True,
        index=True,
        help="By its own words: camt.053.001.08, norma43, pain.002.001.10 …",
    )
    state = fields.Selection(
        [
            ("received", "Received"),
            ("checked", "Checked"),
            ("booked", "Booked"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="received",
        index=True,
        tracking=True,
        copy=False,
        group_expand=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    content = fields.Binary(
        attachment=True,
        readonly=True,
        copy=False,
        groups="somconnexio_base.group_telecom_accountant",
        help="The bytes as they came.",
    )
    content_sha256 = fields.Char(
        string="SHA-256", size=64, required=True, readonly=True, copy=False
    )
    size_bytes = fields.Integer(string="Size (bytes)", readonly=True)
    received_at = fields.Datetime(
        string="Received", required=True, readonly=True, default=fields.Datetime.now
    )
    booked_at = fields.Datetime(string="Booked on", readonly=True)
    booking_seconds = fields.Float(
        string="Seconds to book", digits=(12, 3), readonly=True
    )
    message_reference = fields.Char(
        string="Bank's message", readonly=True, help="Identification by the bank."
    )
    statement_facts = fields.Json(
        readonly=True,
        groups="somconnexio_base.group_telecom_accountant",
        help="Headings of the statements: account, balances, period.",
    )
    entry_count = fields.Integer(string="Entries", readonly=True)
    duplicate_count = fields.Integer(
        string="Known already",
        readonly=True,
        help="Entries that another file of the bank had told of before.",
    )
    error_code = fields.Char(readonly=True)
    error_message = fields.Text(
        string="Why it is refused", readonly=True, help="What is wrong, and what to do."
    )
    warning_message = fields.Text(string="To look at", readonly=True)
    entry_ids = fields.One2many("telecom.bank.entry", "file_id", string="All entries")
    statement_ids = fields.One2many(
        "account.bank.statement", "telecom_bank_file_id", string="Statements"
    )
    returned_debit_ids = fields.One2many(
        "telecom.returned.debit", "file_id", string="Returned debits"
    )
    statement_count = fields.Integer(compute="_compute_counts")
    matched_count = fields.Integer(string="Allocated", compute="_compute_counts")
    exception_count = fields.Integer(string="Exceptions", compute="_compute_counts")
    returned_count = fields.Integer(string="Debits returned", compute="_compute_counts")

    _content_unique = models.Constraint(
        "UNIQUE (company_id, content_sha256)", "This file is here already."
    )

    @api.depends("state")
    def _compute_counts(self):
        states = {}
        for file, state, count in self.env["telecom.bank.transaction"]._read_group(
            [("booking_file_id", "in", self.ids)],
            ["booking_file_id", "state"],
            ["__count"],
        ):
            states[file.id, state] = count
        for file in self:
            file.matched_count = states.get((file.id, "matched"), 0) + states.get(
                (file.id, "by_hand"), 0
            )
            file.exception_count = states.get((file.id, "exception"), 0)
            file.statement_count = len(file.statement_ids)
            file.returned_count = len(file.returned_debit_ids)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base``: files come by ``receive`` only."""
        if self.env.context.get("telecom_bank_pass") is not _PASS:
            raise UserError(
                self.env._(
                    "Bank files are not made by hand: upload what the bank sent."
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        """Override of ``base``: what a file says follows from its content."""
        touched = vals.keys() & self._kept_fields()
        if touched and self.env.context.get("telecom_bank_pass") is not _PASS:
            labels = self.fields_get(sorted(touched), ["string"]).values()
            raise UserError(
                self.env._(
                    "%(fields)s of a bank file follow from its content and cannot be"
                    " written.",
                    fields=", ".join(label["string"] for label in labels),
                )
            )
        if "state" in vals:
            self._check_move(vals["state"])
        return super().write(vals)

    def _kept_fields(self):
        """Return the fields that nobody writes by hand: all of its own."""
        return {
            name
            for name, field in self._fields.items()
            if field.store and set(field._modules) == {"somconnexio_payments"}
        }

    def _check_move(self, state):
        """Raise unless a file may go from its state to another.

        :raise UserError: naming the file and both states
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for file in self:
            if state not in STATES[file.state]:
                raise UserError(
                    self.env._(
                        "%(file)s is “%(state)s” and cannot become “%(target)s”.",
                        file=file.name,
                        state=labels[file.state],
                        target=labels.get(state, state),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never_booked(self):
        if any(file.state == "booked" for file in self):
            raise UserError(
                self.env._("A booked bank file is kept: the books rest on it.")
            )

    def _passing(self):
        """Return these files, for the machine to write what follows from content."""
        return self.sudo().with_context(telecom_bank_pass=_PASS)

    def action_view_transactions(self):
        """Open the money of these files."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_bank_transaction"
        )
        action["domain"] = [("booking_file_id", "in", self.ids)]
        action["context"] = {}
        return action

    def action_view_exceptions(self):
        """Open what waits for a person."""
        action = self.action_view_transactions()
        action["context"] = {"search_default_exception": 1}
        return action

    def action_view_statements(self):
        """Open the statements made of these files."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_bank_statement_tree"
        )
        action["domain"] = [("telecom_bank_file_id", "in", self.ids)]
        return action

    def action_view_returned(self):
        """Open the debits that came back with these files."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_returned_debit"
        )
        action["domain"] = [("file_id", "in", self.ids)]
        action["context"] = {}
        return action
