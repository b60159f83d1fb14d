# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError

from .kinds import KINDS


class ContractContract(models.Model):
    """What other programs ask of a subscription.

    Each method does for one or several subscriptions what the dialog does, or for none
    of them. All take

    - ``when``: ``now``, ``next_month`` or an ISO date; for terminations the last day of
      service, for all others the first day of the new
    - ``request_key``: the caller's own name for the request, unique in the company, for
      one subscription; asking again with the same key does nothing and answers the same
    - ``version``: the ``telecom_version`` that the caller has read; the request is
      refused when somebody has changed the subscription since
    - ``note``: why

    name records by id or code, return a list of dicts (``_as_answer`` of
    ``telecom.subscription.operation``) and raise AccessError when the user's role does
    not allow it, UserError saying what is wrong, missing or pending.
    """

    _inherit = "contract.contract"

    def request_operation(self, kind, when="now", terms=None, **options):
        """Ask for an operation of any kind; the methods below name each.

        :param str kind: code of the kind, such as ``change_offering``
        :param str when: see the class
        :param dict terms: what the kind takes; ``documents`` as a list of dicts with
            ``name`` and ``content`` (base64)
        :param options: ``request_key`` and ``version``, see the class
        :return: list of dicts, see the class
        """
        self._check_kind(kind)
        Operation = self.env["telecom.subscription.operation"]
        values = Operation._read_terms(terms or {})
        if options.get("request_key"):
            self.ensure_one()
        operations = Operation.browse()
        for subscription in self.sorted("id"):
            if subscription not in operations.subscription_id:
                asked = Operation._ask(kind, subscription, values, when, **options)
                operations |= asked | asked.follower_ids
        return operations._as_answer()

    def preview_operation(self, kind, when="now", terms=None):
        """Tell what an operation would change; nothing is changed.

        :param str kind: see ``request_operation``, as the other parameters
        :return: list of dicts: ``subscription`` (code), ``changes`` (facts that differ,
            each with ``subject``, ``what``, ``name``, ``change`` and, where they apply,
            ``from``, ``until``, ``price``, ``before``) and, where bills are made,
            ``bills`` (``account``, ``period_from``, ``period_until``, ``before``,
            ``after``, ``difference`` without tax, ``currency``)
        """
        self._check_kind(kind)
        Operation = self.env["telecom.subscription.operation"]
        values = Operation._read_terms(terms or {})
        return [
            {
                "subscription": subscription.code,
                **Operation._preview(kind, subscription, values, when),
            }
            for subscription in self
        ]

    def pending_operations(self):
        """Tell what is planned.

        :return: list of dicts, see the class
        """
        return (
            self.env["telecom.subscription.operation"]
            .concat(*(subscription._pending_operations() for subscription in self))
            ._as_answer()
        )

    @api.model
    def _check_kind(self, kind):
        """Raise when there is no such kind of operation for subscriptions."""
        known = [code for code, each in KINDS.items() if not each.is_account_wide]
        if kind not in known:
            raise UserError(
                self.env._(
                    "%(kind)s is no operation on subscriptions. There are: %(known)s.",
                    kind=kind,
                    known=", ".join(known),
                )
            )

    def _request(self, kind, when, terms, options):
        """Ask for an operation with ``note`` among the options."""
        options = dict(options)
        note = options.pop("note", None)
        return self.request_operation(kind, when, {**terms, "note": note}, **options)

    def request_activation(self, when="now", **options):
        """Put pending subscriptions into service."""
        return self._request("activate", when, {}, options)

    def request_tariff_change(self, offering, when="next_month", **options):
        """Give subscriptions another offering.

        :param offering: id of the product.product, or its internal reference
        """
        return self._request("change_offering", when, {"product_id": offering}, options)

    def request_addon(self, product, when="now", quantity=1, **options):
        """Add an add-on.

        :param product: id of the product.product, or its internal reference
        """
        terms = {"product_id": product, "quantity": quantity}
        return self._request("add_addon", when, terms, options)

    def request_addon_removal(self, product, when="next_month", **options):
        """End an add-on; the day is the first one without it.

        :param product: id of the product.product, or its internal reference
        """
        return self._request("remove_addon", when, {"product_id": product}, options)

    def request_bond(self, product, when="now", quantity=1, **options):
        """Charge something once, and give what it includes.

        :param product: id of the product.product, or its internal reference
        """
        terms = {"product_id": product, "quantity": quantity}
        return self._request("buy_bond", when, terms, options)

    def request_holder_change(self, partner, when="now", terms=None, **options):
        """Pass the service on to another holder, with its numbers.

        :param int partner: id of the res.partner who takes it over
        :param dict terms: ``account_id`` (one of theirs, by id or code), or ``iban``,
            ``bill_email``, ``collection_method`` of theirs; ``documents``;
            ``is_whole_pack``: all services of its pack go over, or none
        """
        terms = {**(terms or {}), "partner_id": partner}
        return self._request("change_holder", when, terms, options)

    def request_address_change(self, terms, when="now", **options):
        """Deliver the service elsewhere.

        :param dict terms: ``service_partner_id`` (id of a contact of the holder), or
            ``street``, ``street2``, ``zip``, ``city``, ``state_id``, ``country_id``;
            ``resource_id``: the new access line
        """
        return self._request("change_address", when, terms, options)

    def request_number_change(self, number, when="now", replaced=None, **options):
        """Give the service another number.

        :param number: id of the telecom.resource, or the number
        :param replaced: the number that goes, where there are several
        """
        terms = {"resource_id": number, "replaced_resource_id": replaced}
        return self._request("change_number", when, terms, options)

    def request_sim_swap(self, sim, when="now", is_lost=False, **options):
        """Give the service another SIM card or an eSIM.

        :param sim: id of the telecom.resource, or the ICCID
        :param bool is_lost: the old one is lost or stolen
        """
        terms = {"resource_id": sim, "is_lost": is_lost}
        return self._request("swap_sim", when, terms, options)

    def request_account_change(self, terms, when="now", **options):
        """Let the subscription be paid with another IBAN or told to another mail.

        :param dict terms: ``iban``, ``bill_email``, ``collection_method``; or
            ``account_id`` of the same payer
        """
        return self._request("change_account", when, terms, options)

    def request_suspension(self, reason, when="now", **options):
        """Withhold the service.

        :param reason: id or code of a telecom.lifecycle.reason
        """
        return self._request("suspend", when, {"reason_id": reason}, options)

    def request_resumption(self, when="now", **options):
        """Give the service back."""
        return self._request("resume", when, {}, options)

    def request_termination(self, reason, when, destination_provider=None, **options):
        """End the service; cancel what is still pending.

        :param reason: id or code of a telecom.lifecycle.reason
        :param str when: the last day of service
        :param str destination_provider: the operator that the customer goes to
        """
        terms = {"reason_id": reason, "destination_provider": destination_provider}
        return self._request("terminate", when, terms, options)

    def request_termination_cancel(self, **options):
        """Take back a planned termination."""
        return self._request("cancel_termination", "now", {}, options)
