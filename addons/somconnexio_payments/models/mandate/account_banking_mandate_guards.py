# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What was signed stays as it was signed, and states follow their order."""

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.models.membership.state_mixin import refuse_move

from .account_banking_mandate import MANDATE_PASS, STATE_TABLE


class AccountBankingMandate(models.Model):
    _inherit = "account.banking.mandate"

    #: Fields that are the signed content, fixed once the mandate is signed.
    _signed_fields = frozenset(
        {
            "unique_mandate_reference",
            "partner_id",
            "partner_bank_id",
            "company_id",
            "format",
            "type",
            "signature_date",
            "telecom_billing_account_id",
            "membership_id",
            "origin",
        }
    )
    #: Fields that only methods write, whatever the state.
    _engine_fields = frozenset(
        {
            "state",
            "creditor_identifier",
            "creditor_name",
            "last_debit_date",
            "lapse_date",
            "lapse_warned_date",
            "stop_reason",
            "stopped_date",
            "consent_name",
            "consent_iban",
            "consent_at",
            "consent_ip",
            "consent_lang",
            "consent_version",
            "consent_text",
            "consent_hash",
        }
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of OCA to begin as a draft and fill in who draws the money."""
        if not self._is_passed():
            for vals in vals_list:
                self._check_creation(vals)
        vals_list = [self._with_creditor(dict(vals)) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Override of OCA to keep what was signed, and the order of states."""
        if not self._is_passed():
            self._check_guarded(vals)
        if "state" in vals:
            self._check_moves(vals["state"])
        return super().write(vals)

    def _is_passed(self):
        """Tell whether a method of this model writes, not a person."""
        return self.env.context.get("mandate_pass") is MANDATE_PASS

    def _passed(self):
        """Return the mandates for a method that may write everything."""
        return self.with_context(mandate_pass=MANDATE_PASS)

    def _check_creation(self, vals):
        """Raise when values come with more than a person may say."""
        if vals.get("state", "draft") != "draft":
            raise UserError(
                self.env._("A new mandate is a draft: have it signed, then validate.")
            )
        given = [name for name in self._engine_fields - {"state"} if vals.get(name)]
        if given:
            raise UserError(self._guarded_text(given))
        self._check_origin(vals)

    def _check_origin(self, vals):
        """Raise for a consent on the web that has no proof."""
        if vals.get("origin") == "web":
            raise UserError(
                self.env._(
                    "“Agreed on the web” comes with the proof of the web form: a "
                    "mandate made by hand is signed on paper, or taken over."
                )
            )

    def _check_guarded(self, vals):
        """Raise when somebody writes what was signed, or what only methods write."""
        if names := self._engine_fields & vals.keys():
            raise UserError(self._guarded_text(names))
        signed = self.filtered(lambda mandate: mandate.state != "draft")
        if len(signed) < len(self):
            self._check_origin(vals)
        if "scan" in vals:
            signed._check_no_scan()
        if signed and (names := signed._changed_names(vals)):
            raise UserError(
                self.env._(
                    "%(mandate)s is signed: %(fields)s cannot be written any more."
                    " Change the IBAN on the billing account, amend the reference, or"
                    " stop this mandate and have another one signed.",
                    mandate=signed[:1].display_name,
                    fields=", ".join(self._labels(names)),
                )
            )

    def _check_no_scan(self):
        """Raise when one of these has its signed paper already."""
        scans = self.env["ir.attachment"].sudo()
        known = scans.search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "scan"),
                ("res_id", "in", self.ids),
            ]
        )
        for mandate in self.browse(known.mapped("res_id")):
            raise UserError(
                self.env._(
                    "%s has the scan of its signed form: it is kept as proof.",
                    mandate.display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        """Keep what was signed: the payer's bank may ask for it for years."""
        for mandate in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "%s was signed and is kept as proof: stop it instead.",
                    mandate.display_name,
                )
            )

    def _changed_names(self, vals):
        """Return the signed fields that values would change."""
        names = self._signed_fields & vals.keys()
        return [
            name
            for name in names
            if any(
                mandate[name]
                != self._fields[name].convert_to_record(
                    self._fields[name].convert_to_cache(vals[name], mandate), mandate
                )
                for mandate in self
            )
        ]

    def _guarded_text(self, names):
        return self.env._(
            "%s cannot be written by hand: the steps of a mandate write it.",
            ", ".join(self._labels(names)),
        )

    def _labels(self, names):
        """Return the labels of fields, sorted."""
        found = self.fields_get(list(names), ["string"])
        return sorted(found[name]["string"] for name in names)

    def _check_moves(self, to_state):
        """Raise unless each mandate may go to a state.

        :raise UserError: naming the mandate, its state and what it can become
        """
        for mandate in self:
            following = STATE_TABLE[mandate.state]
            if to_state != mandate.state and to_state not in following:
                refuse_move(
                    mandate, mandate.unique_mandate_reference, to_state, following
                )

    @api.model
    def _with_creditor(self, vals):
        """Fill in who draws the money, as of now."""
        company = self.env["res.company"].browse(vals.get("company_id")) or (
            self.env.company
        )
        vals.setdefault("creditor_identifier", company.sepa_creditor_identifier)
        vals.setdefault("creditor_name", company.name)
        return vals
