# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...catalogue.cells import price_text


class TelecomPack(models.Model):
    """Packs as other programs ask for them."""

    _inherit = "telecom.pack"

    @api.model
    def simulate(
        self, action, subscription_ids, date=None, pack_code=None, product_code=None
    ):
        """Return what an action would do to each subscription of the packs touched.

        Nothing is changed.

        :param str action: join, leave, change_offering or terminate
        :param list subscription_ids: ids of contract.contract
        :param date: civil date (YYYY-MM-DD), today by default; for terminate the last
            day of service
        :param str pack_code: the pack to join
        :param str product_code: the offering chosen, to leave or to change to
        :return: list of dicts: ``subscription_id``, ``code``, ``part``,
            ``offering_before``, ``offering_after`` (codes), ``price_before``,
            ``price_after`` (a month, without tax), ``taxed_before``, ``taxed_after``
            (with it), ``fee_before``, ``fee_after`` (the
            month of that day, without tax and usage; amounts are texts), ``changes``
            (sentences)
        :raise UserError: saying why it cannot be done, or which code or id is wrong
        """
        subscriptions, day, values = self._asked_action(
            action, subscription_ids, date, pack_code, product_code
        )
        rows = subscriptions._preview_pack(action, day, **values)
        return [self._row_facts(row) for row in rows]

    @api.model
    def join(self, pack_code, subscription_ids, date=None):
        """Let subscriptions join a pack; the siblings get what is theirs.

        :param str pack_code: code of the pack
        :param list subscription_ids: ids of contract.contract
        :param date: first civil day (YYYY-MM-DD); today by default
        :return: id of the telecom.pack.group that they are in
        :raise UserError: saying why it cannot be done
        """
        subscriptions, day, values = self._asked_action(
            "join", subscription_ids, date, pack_code, None
        )
        subscriptions.check_access("write")
        return subscriptions.join_pack(values["pack"], day).id

    @api.model
    def leave(self, subscription_ids, date=None, product_code=None):
        """Let subscriptions leave their pack; the siblings get what is theirs.

        :param list subscription_ids: ids of contract.contract
        :param date: first civil day (YYYY-MM-DD) without the pack; today by default
        :param str product_code: offering they have then; by default what the pack says
        :return: True
        :raise UserError: saying why it cannot be done
        """
        subscriptions, day, values = self._asked_action(
            "leave", subscription_ids, date, None, product_code
        )
        subscriptions.check_access("write")
        return subscriptions.leave_pack(day, values["product"])

    def _asked_action(self, action, subscription_ids, date, pack_code, product_code):
        """Return subscriptions, day and values of an action asked for by codes."""
        if action not in ("join", "leave", "change_offering", "terminate"):
            raise UserError(
                self.env._(
                    "The action is join, leave, change_offering or terminate, not %s.",
                    action,
                )
            )
        subscriptions = self.env["contract.contract"].search(
            [("id", "in", subscription_ids), ("is_telecom", "=", True)]
        )
        if not subscriptions or len(subscriptions) != len(set(subscription_ids)):
            raise UserError(self.env._("Give the ids of subscriptions, all existing."))
        try:
            day = fields.Date.to_date(date) or subscriptions._telecom_today()
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("Write the date as 2026-10-31, not as %s.", date)
            ) from error
        if action == "terminate":
            return subscriptions, day, {}
        if action == "join":
            return subscriptions, day, {"pack": self._asked_pack(pack_code)}
        product = self._asked_offering(product_code, action == "change_offering")
        return subscriptions, day, {"product": product}

    def _asked_pack(self, code):
        pack = self.search([("code", "=", code)])
        if not pack:
            raise UserError(self.env._("There is no pack %s.", code))
        return pack

    def _asked_offering(self, code, is_needed):
        if not code and not is_needed:
            return None
        product = self.env["product.product"].search(
            [("default_code", "=", code), ("telecom_kind", "=", "offering")], limit=1
        )
        if not product:
            raise UserError(self.env._("There is no offering %s.", code))
        return product

    @api.model
    def _row_facts(self, row):
        """Return a row of a preview as programs read it."""
        return {
            "subscription_id": row["subscription"].id,
            "code": row["subscription"].code,
            "part": row["slot"].code or "",
            "offering_before": row["before"].default_code or "",
            "offering_after": row["after"].default_code or "",
            "price_before": price_text(row["price_before"]),
            "price_after": price_text(row["price_after"]),
            "taxed_before": price_text(row["taxed_before"]),
            "taxed_after": price_text(row["taxed_after"]),
            "fee_before": price_text(row["fee_before"]),
            "fee_after": price_text(row["fee_after"]),
            "changes": row["changes"],
        }
