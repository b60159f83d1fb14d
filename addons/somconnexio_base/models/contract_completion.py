# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command, api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .. import lifecycle

# Compared by identity: no RPC client can put this object into a context.
LIFECYCLE_PASS = object()
SUBSCRIPTION_SEQUENCE = "telecom.subscription"
#: Written by the verbs only, so that they agree with the history.
LIFECYCLE_FIELDS = frozenset(
    {
        "telecom_state",
        "activation_date",
        "suspension_date",
        "suspension_reason_id",
        "termination_date",
        "termination_reason_id",
    }
)


class ContractContract(models.Model):
    """How a subscription is written down: what is filled in, what is refused."""

    _inherit = "contract.contract"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``contract`` to complete subscriptions, in batches.

        A subscription is invoiced by line, has a code, takes customer and company
        from its billing account and begins as pending. Only an administrator may
        give another state, to take over subscriptions that already run.
        """
        vals_list = [dict(vals) for vals in vals_list]
        subscriptions = [v for v in vals_list if v.get("telecom_service_type_id")]
        self._check_initial_states(subscriptions)
        self._fill_from_billing_accounts(subscriptions)
        self._fill_subscription_codes(subscriptions)
        self._fill_subscription_names(subscriptions)
        for vals in subscriptions:
            vals.setdefault("line_recurrence", True)
            vals.setdefault("telecom_state", lifecycle.PENDING)
        contracts = super().create(vals_list)
        contracts.filtered("is_telecom")._log_creation()
        return contracts

    def write(self, vals):
        """Override of ``contract`` to keep life and service type in order."""
        if self.env.context.get("telecom_pass") is LIFECYCLE_PASS:
            return super().write(vals)
        if LIFECYCLE_FIELDS & vals.keys():
            raise UserError(
                self.env._(
                    "The state of a subscription and its dates are not written: "
                    "activate, suspend, resume or terminate it instead."
                )
            )
        if not vals.get("active", True):
            self._check_archivable()
        if "telecom_service_type_id" in vals:
            self._check_service_type_change(vals["telecom_service_type_id"])
        result = super().write(vals)
        if vals.get("telecom_service_type_id"):
            self._begin_as_pending()
        return result

    def copy_data(self, default=None):
        """Override of ``contract`` to let a copied subscription have its own code.

        What its lines were in the past is not copied with it.
        """
        vals_list = super().copy_data(default)
        for contract, vals in zip(self, vals_list, strict=True):
            if not contract.is_telecom:
                continue
            vals["code"] = (default or {}).get("code")
            if "contract_line_ids" not in (default or {}):
                vals["contract_line_ids"] = contract._copy_lines_in_force()
        return vals_list

    def _copy_lines_in_force(self):
        """Return the commands that create, from today on, the lines that run now."""
        self.ensure_one()
        today = self._telecom_today()
        lines = self.contract_line_ids.filtered(
            lambda line: (
                line.telecom_line_kind != "one_shot"
                and line.date_start <= today
                and (not line.date_end or line.date_end >= today)
            )
        )
        start = {"date_start": today, "recurring_next_date": today, "date_end": False}
        return [Command.create(vals) for vals in lines.copy_data(start)]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        for subscription in self.filtered("is_telecom"):
            if subscription.telecom_state != lifecycle.PENDING:
                raise UserError(
                    self.env._(
                        "Subscription %(name)s has been in service and is kept as "
                        "history. Terminate and archive it instead.",
                        name=subscription.display_name,
                    )
                )

    def _check_initial_states(self, vals_list):
        """Refuse to non-administrators a subscription that begins in service."""
        is_allowed = self.env.su or self.env.user.has_group(
            "somconnexio_base.group_telecom_admin"
        )
        for vals in vals_list:
            state = vals.get("telecom_state") or lifecycle.PENDING
            if state != lifecycle.PENDING and not is_allowed:
                raise AccessError(
                    self.env._(
                        "Create the subscription as pending and activate it: only a "
                        "telecom administrator may take over running subscriptions."
                    )
                )

    def _fill_from_billing_accounts(self, vals_list):
        """Take customer, invoice contact and company from the billing account."""
        Account = self.env["telecom.billing.account"]
        accounts = Account.browse(
            {
                vals["telecom_billing_account_id"]
                for vals in vals_list
                if vals.get("telecom_billing_account_id")
            }
        )
        payers = {account.id: account for account in accounts}
        for vals in vals_list:
            account = payers.get(vals.get("telecom_billing_account_id"))
            if not account:
                continue
            vals.setdefault("partner_id", account.partner_id.id)
            vals.setdefault("invoice_partner_id", account.partner_id.id)
            vals.setdefault("company_id", account.company_id.id)
            if account.fiscal_position_id:
                vals.setdefault("fiscal_position_id", account.fiscal_position_id.id)

    def _fill_subscription_codes(self, vals_list):
        """Give a code to the subscriptions without one, one draw per company."""
        by_company = {}
        for vals in vals_list:
            if not vals.get("code"):
                company_id = vals.get("company_id") or self.env.company.id
                by_company.setdefault(company_id, []).append(vals)
        for company_id, company_vals in by_company.items():
            codes = self.env["ir.sequence"].next_codes(
                SUBSCRIPTION_SEQUENCE,
                self.env["res.company"].browse(company_id),
                len(company_vals),
            )
            for vals, code in zip(company_vals, codes, strict=True):
                vals["code"] = code

    def _fill_subscription_names(self, vals_list):
        """Name the subscriptions without a name after their type of service."""
        types = self.env["telecom.service.type"].browse(
            {vals["telecom_service_type_id"] for vals in vals_list}
        )
        name_by_type = {service_type.id: service_type.name for service_type in types}
        for vals in vals_list:
            if not vals.get("name"):
                vals["name"] = name_by_type[vals["telecom_service_type_id"]]

    def _check_service_type_change(self, service_type_id):
        """Refuse another type of service once the subscription is in service."""
        for subscription in self.filtered("is_telecom"):
            is_same = subscription.telecom_service_type_id.id == service_type_id
            if not is_same and subscription.telecom_state != lifecycle.PENDING:
                raise UserError(
                    self.env._(
                        "Subscription %(name)s is in service and keeps its type of "
                        "service. Open a new subscription for the other service.",
                        name=subscription.display_name,
                    )
                )

    def _begin_as_pending(self):
        """Give the first state to contracts that have just become subscriptions."""
        newcomers = self.filtered(lambda c: c.is_telecom and not c.telecom_state)
        if newcomers:
            newcomers.with_context(telecom_pass=LIFECYCLE_PASS).write(
                {"telecom_state": lifecycle.PENDING, "line_recurrence": True}
            )
            newcomers._log_creation()

    def _log_creation(self):
        """Write the first row of the history of each subscription."""
        self.env["telecom.subscription.transition"]._append(
            {
                "subscription_id": subscription.id,
                "from_state": False,
                "to_state": subscription.telecom_state,
                "effective_date": subscription.activation_date or subscription.date,
            }
            for subscription in self
        )

    def _set_start_contract_modification(self):
        """Override of ``contract``: a subscription has its own history."""
        others = self.filtered(lambda contract: not contract.is_telecom)
        return super(ContractContract, others)._set_start_contract_modification()

    @api.model
    def _get_contracts_to_invoice_domain(self, date_ref=None):
        """Override of ``contract`` to leave out subscriptions not yet in service."""
        domain = super()._get_contracts_to_invoice_domain(date_ref)
        return domain & Domain("telecom_state", "!=", lifecycle.PENDING)
