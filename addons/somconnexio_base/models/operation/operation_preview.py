# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...operation.difference import difference
from ...trial import TRIAL, thrown_away
from .kinds import KINDS
from .telecom_subscription_operation import DONE

#: What does not belong to something that is thrown away.
QUIET = {
    "telecom_trial": TRIAL,
    "tracking_disable": True,
    "mail_notrack": True,
    "mail_create_nolog": True,
}


class TelecomSubscriptionOperation(models.Model):
    """What an operation would change: it is done for real, and thrown away.

    The preview is a dictionary that JSON can hold: ``changes``, the facts that differ
    (see ``operation.difference``), and ``bill``, what the next bill has more or less,
    where an addon can tell.
    """

    _inherit = "telecom.subscription.operation"

    @api.model
    def _preview(self, kind_code, target, terms=None, when=None):
        """Return what an operation would change that nobody has asked for yet.

        :raise UserError: what asking for it would raise
        """
        kind = KINDS[kind_code]
        kind.check_role(self.env)
        target.check_access("write")
        with thrown_away(self.env):
            quiet = self.with_context(**QUIET)
            target = target.with_context(**QUIET)
            operation = quiet._draft(kind, target, terms or {}, when, None)
            operation._check_asked()
            return operation._try_out()

    def _try_out(self, with_bill=True):
        """Return what the operation would change on its day."""
        self.ensure_one()
        operation = self.with_context(**QUIET)
        bill_before = operation._forecast_bills() if with_bill else {}
        with thrown_away(self.env):
            before = operation._picture()
            operation._apply()
            operation._record({"state": DONE})
            changes = difference(before, operation._picture())
            bill_after = operation._forecast_bills() if with_bill else {}
        preview = {"changes": changes}
        if bill_after:
            preview["bills"] = operation._compare_bills(bill_before, bill_after)
        return preview

    def _forecast_bills(self):
        """Return what the next bills of those concerned would be.

        Extended by the addon that makes the bills.

        :return: dict: billing account's name -> dict of ``period_from``,
            ``period_until``, ``amount`` (without tax) and ``currency``
        """
        return {}

    def _compare_bills(self, before, after):
        """Return one dictionary per billing account with both amounts."""
        rows = []
        for name, new in after.items():
            old_amount = before.get(name, {}).get("amount", 0.0)
            row = {
                **new,
                "account": name,
                "before": old_amount,
                "after": new["amount"],
                "difference": round(new["amount"] - old_amount, 2),
            }
            rows.append(row)
        return rows

    def _picture(self):
        """Return the facts that the operation may change (see ``difference``)."""
        self.ensure_one()
        self.env.flush_all()
        self.env.invalidate_all()
        family = self._subscriptions_in_sight()
        picture = {}
        for subscription in family:
            picture.update(subscription._picture())
        accounts = self.billing_account_id | family.telecom_billing_account_id
        for account in accounts:
            picture.update(account._picture())
        return picture

    def _subscriptions_in_sight(self):
        """Return the subscriptions, those billed with them, and those that follow."""
        together = self | self.follower_ids
        accounts = together.subscription_id.telecom_billing_account_id
        return (
            together.subscription_id
            | accounts.subscription_ids
            | together.new_subscription_id
        )


class ContractContract(models.Model):
    _inherit = "contract.contract"

    def _picture(self):
        """Return the facts of a subscription, by key."""
        self.ensure_one()
        about = {"subject": self.display_name}
        facts = {
            f"state {self.id}": self._fact_of_state(),
            f"restriction {self.id}": self._fact_of_restriction(),
        }
        for name in ("partner_id", "telecom_billing_account_id", "service_partner_id"):
            label = self._fields[name]._description_string(self.env)
            facts[f"{name} {self.id}"] = {
                "what": self.env._("Holder") if name == "partner_id" else label,
                "name": self[name].display_name or "-",
            }
        for line in self.contract_line_ids.filtered("telecom_line_kind"):
            facts[f"line {line.id}"] = line._fact()
        for assignment in self.assignment_ids:
            facts[f"assignment {assignment.id}"] = assignment._fact()
        return {key: {**about, **fact} for key, fact in facts.items()}

    def _fact_of_state(self):
        """Return state and planned end as one fact."""
        labels = dict(self._fields["telecom_state"]._description_selection(self.env))
        return {
            "what": self.env._("State"),
            "name": labels.get(self.telecom_state, "-"),
            "until": fields.Date.to_string(self.termination_date) or False,
        }

    def _fact_of_restriction(self):
        """Return what of the service is barred as a fact."""
        field = self._fields["restriction_kind"]
        labels = dict(field._description_selection(self.env))
        return {
            "what": field._description_string(self.env),
            "name": labels.get(self.restriction_kind, "-"),
        }


class ContractLine(models.Model):
    _inherit = "contract.line"

    def _fact(self):
        """Return a line as a fact of its subscription."""
        labels = dict(
            self._fields["telecom_line_kind"]._description_selection(self.env)
        )
        return {
            "what": labels[self.telecom_line_kind],
            "name": self.name,
            "price": self.price_unit,
            "from": fields.Date.to_string(self.date_start),
            "until": fields.Date.to_string(self.date_end) or False,
        }


class TelecomResourceAssignment(models.Model):
    _inherit = "telecom.resource.assignment"

    def _fact(self):
        """Return an assignment as a fact of its subscription, by civil days."""
        company = self.company_id
        end_at = self.end_at and fields.Datetime.subtract(self.end_at, seconds=1)
        return {
            "what": self.kind_id.name,
            "name": self.resource_id.display_name,
            "from": fields.Date.to_string(company._telecom_civil_date(self.start_at)),
            "until": (
                fields.Date.to_string(company._telecom_civil_date(end_at))
                if end_at
                else False
            ),
        }


class TelecomBillingAccount(models.Model):
    _inherit = "telecom.billing.account"

    def _picture(self):
        """Return the facts of a billing account, by key."""
        self.ensure_one()
        facts = {}
        for name in ("partner_bank_id", "bill_email", "collection_method"):
            field = self._fields[name]
            facts[f"{name} {self.id}"] = {
                "subject": self.display_name,
                "what": field._description_string(self.env),
                "name": self._value_text(field),
            }
        return facts

    def _value_text(self, field):
        """Return what a field holds, as people read it."""
        value = self[field.name]
        if field.type == "many2one":
            return value.display_name or "-"
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "-")
        return value or "-"
