# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...catalogue.month_fee import month_fee
from ...trial import thrown_away

RECURRING_KINDS = ("tariff", "addon", "discount")
CHANGE_ORDER = ("join", "leave", "start", "stay", "offering", "add", "end")


class ContractContract(models.Model):
    """What an action on a pack would come to, seen before it is done."""

    _inherit = "contract.contract"

    def _preview_pack(self, action, date, **values):
        """Return what each subscription of the packs touched has before and after.

        The action is done for real and undone, so that the answer is what would be.

        :param str action: join, leave, change_offering or terminate
        :param date date: its day, as ``_pack_effects`` takes it
        :param values: what else the action takes
        :return: list of dicts: ``subscription``, ``slot``, ``before`` and ``after``
            (product.template), ``price_before`` and ``price_after`` (Decimal, a month
            without tax on that day), ``taxed_before`` and ``taxed_after`` (with it),
            ``fee_before`` and ``fee_after`` (Decimal, what the month of that day costs
            without tax and usage), ``changes`` (sentences)
        :raise UserError: saying why it cannot be done
        """
        effects = self._pack_effects(action, date=date, **values)
        touched = self._pack_touched(effects)
        day = max([date, *(e["date"] for e in effects if e["date"])])
        first_day = date.replace(day=1)
        before = {s.id: s._pack_facts(day, first_day) for s in touched}
        rows = [
            {
                "subscription": subscription,
                "slot": subscription._pack_slot_in(effects),
                "changes": subscription._effect_sentences(effects),
                **{f"{k}_before": v for k, v in before[subscription.id].items()},
            }
            for subscription in touched
        ]
        with thrown_away(self.env):
            quiet = self.with_context(tracking_disable=True)
            quiet._do_pack_action(action, date, **values)
            for row in rows:
                after = row["subscription"]._pack_facts(day, first_day)
                row.update({f"{k}_after": v for k, v in after.items()})
        return [self._preview_row(row) for row in rows]

    @api.model
    def _preview_row(self, row):
        """Return a row with offerings as records, read after the undoing."""
        Product = self.env["product.template"]
        return {
            **row,
            "before": Product.browse(row.pop("offering_before")),
            "after": Product.browse(row.pop("offering_after")),
        }

    def _do_pack_action(self, action, date, **values):
        """Do one of the actions that can be previewed."""
        if action == "join":
            self.join_pack(values["pack"], date, values.get("group"))
        elif action == "leave":
            self.leave_pack(date, values.get("product"))
        elif action == "change_offering":
            self.change_offering(values["product"], date)
        elif action == "terminate":
            reason = self.env["telecom.lifecycle.reason"].search(
                [("kind", "=", "terminate")], limit=1
            )
            self.terminate(reason, date)
        else:
            raise UserError(self.env._("%s cannot be previewed.", action))

    def _pack_touched(self, effects):
        """Return these subscriptions, those of the effects and all their siblings."""
        groups = self.env["telecom.pack.group"].union(*(e["group"] for e in effects))
        touched = self.union(*(e["subscription"] for e in effects))
        return touched | groups.member_ids.filtered(
            lambda m: not m.end_date
        ).subscription_id.filtered(lambda s: s.telecom_state != "terminated")

    def _pack_slot_in(self, effects):
        """Return the part of a pack that a subscription has by these effects."""
        self.ensure_one()
        for effect in effects:
            if effect["subscription"] == self and effect["slot"]:
                return effect["slot"]
        return self.pack_member_ids.filtered(lambda m: not m.end_date)[:1].slot_id

    def _pack_facts(self, day, first_day):
        """Return offering, monthly price on a day and cost of a month.

        :return: dict of ``offering`` (id), ``price``, ``taxed`` and ``fee`` (Decimal)
        """
        self.ensure_one()
        lines = self.contract_line_ids.filtered(
            lambda line: line.telecom_line_kind in RECURRING_KINDS
        )
        priced = [(line, line._telecom_monthly_price()) for line in lines]
        in_force = [
            (line, price)
            for line, price in priced
            if line.date_start <= day and (not line.date_end or line.date_end >= day)
        ]
        return {
            "offering": self._tariff_in_force(day).product_id.product_tmpl_id.id,
            "price": sum((price for _line, price in in_force), Decimal(0)),
            "taxed": sum((li._telecom_with_tax(pr) for li, pr in in_force), Decimal(0)),
            "fee": month_fee(
                [(price, li.date_start, li.date_end or None) for li, price in priced],
                first_day,
            ),
        }

    def _effect_sentences(self, effects):
        """Return what happens to this subscription, in words."""
        own = [effect for effect in effects if effect["subscription"] == self]
        own.sort(key=lambda e: CHANGE_ORDER.index(e["change"]))
        return [self._effect_sentence(effect) for effect in own]

    def _effect_sentence(self, effect):
        """Return one effect in words."""
        _ = self.env._
        names = {
            "date": fields.Date.to_string(effect["date"] or False) or "",
            "pack": effect["pack"].name,
            "product": effect["product"].name or "",
        }
        if effect["change"] == "join" and not effect["date"]:
            return _("Joins %(pack)s when it is activated.", **names)
        sentences = {
            "join": _("Joins %(pack)s on %(date)s.", **names),
            "start": _("Counts in %(pack)s from %(date)s.", **names),
            "stay": _("Stays in %(pack)s.", **names),
            "leave": _("Leaves %(pack)s on %(date)s.", **names),
            "offering": _("Has %(product)s from %(date)s.", **names),
            "add": _("Gets %(product)s from %(date)s.", **names),
            "end": _("No longer gets %(product)s from %(date)s.", **names),
        }
        return sentences[effect["change"]]


class ContractLine(models.Model):
    _inherit = "contract.line"

    def _telecom_monthly_price(self):
        """Return what the line costs in a whole month, without tax.

        :return: Decimal
        """
        self.ensure_one()
        price = Decimal(str(self.price_unit)) * Decimal(str(self.quantity))
        return price * (1 - Decimal(str(self.discount)) / 100)

    def _telecom_with_tax(self, price):
        """Return a price with the taxes that the bill of the line will have.

        :param Decimal price: without tax
        :return: Decimal, rounded to the currency
        """
        self.ensure_one()
        subscription, product = self.contract_id, self.product_id
        company = subscription.company_id
        taxes = subscription.fiscal_position_id.map_tax(
            product.product_tmpl_id._telecom_taxes(company)
        )
        total = taxes.compute_all(
            float(price), currency=company.currency_id, product=product
        )["total_included"]
        return Decimal(str(company.currency_id.round(total)))
