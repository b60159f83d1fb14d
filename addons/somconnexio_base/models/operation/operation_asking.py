# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError

from ...operation import calendar
from .kinds import KINDS
from .telecom_subscription_operation import CANCELLED, PLANNED

#: The trace of an operation is its own row, and the chatter of what it is about.
UNTOLD = {"mail_create_nolog": True, "mail_create_nosubscribe": True}
#: What an operation does not share with those that go along with it.
OWN_TERMS = ("is_whole_pack", "attachment_ids")
DAY_HELP = "now, next_month or a date like 2026-11-30"


class TelecomSubscriptionOperation(models.Model):
    """How an operation is asked for: who may, when, and what else is pending."""

    _inherit = "telecom.subscription.operation"

    @api.model
    def _ask(self, kind_code, target, terms=None, when=None, **options):
        """Ask for an operation, and do it if its day has come.

        :param str kind_code: a key of ``kinds.KINDS``
        :param target: one contract.contract; one telecom.billing.account for an
            operation about the whole account
        :param dict terms: values of ``telecom.operation.terms``
        :param when: ``now``, ``next_month``, a date or its ISO text
        :param options: ``request_key``, the program's own name for this request, and
            ``version``, the ``telecom_version`` that the asker has seen
        :return: the operation, planned or done
        :raise AccessError: when the user's role does not allow it
        :raise UserError: saying what is wrong, missing or pending
        """
        target.ensure_one()
        kind = KINDS[kind_code]
        kind.check_role(self.env)
        target.check_access("write")
        request_key = options.get("request_key")
        earlier = self._asked_before(target.company_id, request_key, kind_code, target)
        if earlier:
            return earlier
        target._take_turn(options.get("version"))
        operation = self._draft(kind, target, terms or {}, when, request_key)
        operation._check_asked()
        operation._begin()
        return operation

    @api.model
    def _asked_before(self, company, request_key, kind_code, target):
        """Return the operation that was asked for with this key before, if any."""
        if not request_key:
            return self.browse()
        earlier = self.search(
            [("company_id", "=", company.id), ("request_key", "=", request_key)]
        )
        if earlier and (earlier.kind, earlier._target()) != (kind_code, target):
            raise UserError(
                self.env._(
                    "The key %(key)s was used for “%(operation)s”: use another one.",
                    key=request_key,
                    operation=earlier.display_name,
                )
            )
        return earlier

    @api.model
    def _draft(self, kind, target, terms, when, request_key):
        """Return the new row of an operation, not yet looked at."""
        company = target.company_id
        is_account = kind.is_account_wide
        account = target if is_account else target.telecom_billing_account_id
        unknown = set(terms) - set(kind.terms())
        if unknown:
            raise UserError(
                self.env._(
                    "%(terms)s: not known to this operation, which takes %(known)s.",
                    terms=", ".join(sorted(unknown)),
                    known=", ".join(kind.terms()) or "-",
                )
            )
        operation = (
            self.with_context(**UNTOLD)
            .sudo()
            .create(
                {
                    **terms,
                    "kind": kind.code,
                    "subscription_id": False if is_account else target.id,
                    "billing_account_id": account.id,
                    "customer_id": target.partner_id.id,
                    "company_id": company.id,
                    "execute_date": self._day(when, company),
                    "user_id": self.env.uid,
                    "request_key": request_key or False,
                    "state": CANCELLED,
                }
            )
        )
        operation._own_documents()
        operation = operation.with_env(self.env)
        operation._bring_along(terms, when)
        return operation

    def _bring_along(self, terms, when):
        """Draft the same for all who go along, if there are any."""
        terms = {name: terms[name] for name in terms if name not in OWN_TERMS}
        kind = self._kind()
        for companion in kind.companions(self).sorted("id"):
            companion.check_access("write")
            companion._take_turn()
            follower = self._draft(kind, companion, terms, when, None)
            follower.sudo().leader_id = self

    @api.model
    def _day(self, when, company):
        """Return the civil date that somebody asks for."""
        try:
            return calendar.asked_day(when, company._telecom_today())
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(when)s is no day: write %(help)s.", when=when, help=DAY_HELP
                )
            ) from error

    def _own_documents(self):
        """Let the documents belong to the operation: who may read it, reads them.

        :raise AccessError: when one is not the asker's own
        """
        self.attachment_ids.sudo(False).check_access("write")
        self.attachment_ids.write({"res_model": self._name, "res_id": self.id})

    def _check_asked(self):
        """Raise unless the operation, and all that go along, may be planned."""
        for operation in self | self.follower_ids.sorted("id"):
            operation._check_alone()

    def _check_alone(self):
        """Raise unless one operation may be planned."""
        kind = self._kind()
        self._check_terms()
        self._check_state()
        self._check_day()
        self._check_nothing_pending()
        kind.check(self)
        self._record({"state": PLANNED, "lane": kind.lane_of(self) or False})
        self.flush_recordset()

    def _check_terms(self):
        """Raise when something is not said that the operation must know."""
        kind = self._kind()
        for name in kind.needs:
            if not self[name]:
                raise UserError(
                    self.env._(
                        "“%(kind)s” needs %(term)s.",
                        kind=self._kind_label(),
                        term=self._fields[name]._description_string(self.env),
                    )
                )
        if "quantity" in kind.terms() and self.quantity < 1:
            raise UserError(self.env._("The quantity must be 1 or more."))

    def _check_state(self):
        """Raise when the subscription is in no state for the operation."""
        subscription = self.subscription_id
        if not subscription or subscription.telecom_state in self._kind().states:
            return
        labels = dict(
            subscription._fields["telecom_state"]._description_selection(self.env)
        )
        raise UserError(
            self.env._(
                "Subscription %(subscription)s is %(state)s: “%(kind)s” can be asked "
                "for only while it is %(states)s.",
                subscription=subscription.display_name,
                state=labels.get(subscription.telecom_state, "-"),
                kind=self._kind_label(),
                states=", ".join(labels[state] for state in self._kind().states),
            )
        )

    def _check_day(self):
        """Raise when the day is billed, or comes before the notice period is over."""
        kind = self._kind()
        open_date = self._first_open_date() if kind.is_charged_by_day else None
        if open_date and self.execute_date < open_date:
            raise UserError(
                self.env._(
                    "%(target)s is billed up to %(date)s: choose that day or a later "
                    "one, and give back or charge the days before by an adjustment.",
                    target=self._target().display_name,
                    date=open_date,
                )
            )
        earliest = kind.earliest_day(self)
        if earliest and self.execute_date < earliest:
            raise UserError(
                self.env._(
                    "The notice period ends on %(date)s: choose that day or a later "
                    "one, or a reason without notice.",
                    date=earliest,
                )
            )

    def _first_open_date(self):
        """Return the first civil day that no bill has charged, None when unknown.

        Extended by the addon that makes the bills.
        """
        return None

    def _check_nothing_pending(self):
        """Raise when a planned operation and this one exclude each other."""
        promised = self.search(
            [
                ("resource_id", "=", self.resource_id.id),
                ("resource_id", "!=", False),
                ("state", "=", PLANNED),
            ]
        )
        for pending in (self._target()._pending_operations() | promised) - self:
            if pending in promised or self._excludes(pending):
                raise UserError(
                    self.env._(
                        "“%(pending)s” is pending, asked for by %(user)s: cancel it "
                        "first.",
                        pending=pending.display_name,
                        user=pending.user_id.name,
                    )
                )

    def _excludes(self, other):
        """Tell whether two operations cannot both be planned."""
        lane = self._kind().lane_of(self)
        if lane and lane == other._kind().lane_of(other):
            return True
        if "cancel_termination" in (self.kind, other.kind):
            return False
        return self._outlives(other) or other._outlives(self)

    def _outlives(self, other):
        """Tell whether this operation is for a day when the other has ended all."""
        end = other._kind().ends_before(other)
        return bool(end) and self.execute_date >= end
