# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError

from ....lifecycle import ACTIVE
from ....trial import is_trial
from .base import LIFE, PAYMENT_TERMS, OperationKind


class ChangeHolder(OperationKind):
    """Somebody else takes the service over, with its numbers, from a day on."""

    code = "change_holder"
    label = "Change of holder"
    lane = LIFE
    states = (ACTIVE,)
    needs = ("partner_id",)
    takes = ("account_id", *PAYMENT_TERMS, "is_whole_pack", "attachment_ids", "note")
    is_charged_by_day = True
    planned_notice = "holder_change_planned"

    def ends_before(self, operation):
        """From its day on the service is another subscription."""
        return operation.execute_date

    def companions(self, operation):
        """Return the siblings in the pack, where all of it goes over."""
        if not operation.is_whole_pack:
            return super().companions(operation)
        return operation.subscription_id._pack_siblings(operation.execute_date)

    def check(self, operation):
        """Check the new holder, the payer's account and the signed documents."""
        self._check_new_holder(operation)
        account = operation.account_id
        if account and account.partner_id != operation.partner_id:
            raise UserError(
                operation.env._(
                    "Billing account %(account)s is not of %(partner)s: choose one "
                    "of theirs, or none to open a new one.",
                    account=account.display_name,
                    partner=operation.partner_id.display_name,
                )
            )
        if not is_trial(operation.env):
            self._check_documents(operation)

    def _check_documents(self, operation):
        """Refuse without the documents; a preview comes before they do."""
        needed = operation.company_id.telecom_holder_document_count
        documents = (operation.leader_id or operation).attachment_ids
        if len(documents) < needed:
            raise UserError(
                operation.env._(
                    "Attach the documents of the change of holder (signed request, "
                    "identity): there are %(count)s of %(needed)s.",
                    count=len(documents),
                    needed=needed,
                )
            )

    def _check_new_holder(self, operation):
        """Refuse the same holder, and one who may not hold such a subscription."""
        subscription = operation.subscription_id
        partner = operation.partner_id
        if partner == subscription.partner_id:
            raise UserError(
                operation.env._(
                    "%(partner)s holds %(subscription)s already.",
                    partner=partner.display_name,
                    subscription=subscription.display_name,
                )
            )
        tariff = subscription._telecom_tariff_line_on(operation.execute_date)
        problems = tariff.product_id.product_tmpl_id._rule_problems(
            partner, subscription.service_partner_id
        )
        if problems:
            raise UserError("\n".join(map(str, problems)))

    def apply(self, operation):
        """End the services for the old holder and begin them for the new one."""
        together = operation._together()
        old = together.subscription_id
        new = old.change_holder(
            operation.partner_id,
            operation._account_of_new_holder(),
            operation.execute_date,
        )
        for one, successor in zip(together.sudo(), new, strict=True):
            one.new_subscription_id = successor
        (old | new)._announce_holder_change()
        return {"new_subscription_ids": new.ids}

    def take_back(self, operation):
        """Refuse, with the way out."""
        raise UserError(
            operation.env._(
                "A change of holder is not undone: change the holder of %s back.",
                operation.new_subscription_id.display_name,
            )
        )
