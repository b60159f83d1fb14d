# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import AccessError, UserError

from ....lifecycle import ACTIVE, SUSPENDED

AGENT = "somconnexio_base.group_telecom_agent"
TECHNICIAN = "somconnexio_base.group_telecom_technician"
LIFE = "life"
ADDRESS_TERMS = ("street", "street2", "zip", "city", "state_id", "country_id")
PAYMENT_TERMS = ("iban", "bill_email", "collection_method")


class OperationKind:
    """What one kind of operation asks for and does. Instances hold no state.

    The methods take ``operation``, one ``telecom.subscription.operation``.
    """

    #: Stable name, in the database and for other programs.
    code = ""
    label = ""
    #: Of the pending operations of one subscription, one may be in each lane.
    lane = ""
    #: States of the subscription in which it may be asked for.
    states = (ACTIVE, SUSPENDED)
    #: Groups of which a user needs one.
    groups = (AGENT,)
    #: Terms that must be given; terms that may.
    needs = ()
    takes = ()
    #: Lays its dated lines down when it is asked for, instead of waiting for its day.
    is_dated_ahead = False
    #: Touches what is charged, so that its day must not have been billed.
    is_charged_by_day = False
    #: About a billing account; there is no subscription.
    is_account_wide = False
    #: What it would do is tried out when it is planned.
    is_tried_out = True
    #: What the event "subscription.changed" calls it; empty where the verb tells.
    change = ""
    #: Kind of notice when it is planned, and when it is done.
    planned_notice = ""
    done_notice = ""

    def terms(self):
        """Return the names of the terms that this kind knows."""
        return (*self.needs, *self.takes)

    def lane_of(self, operation):
        """Return the lane of an operation; empty when it excludes nothing."""
        return self.lane

    def ends_before(self, operation):
        """Return the first civil day for which nothing else can be planned, or None."""
        return None

    def earliest_day(self, operation):
        """Return the first civil day that may be asked for, or None."""
        return None

    def check_role(self, env):
        """Raise unless the user may ask for operations of this kind."""
        if env.su or any(env.user.has_group(group) for group in self.groups):
            return
        raise AccessError(
            env._(
                "Your role does not allow the operation “%(kind)s”: ask a colleague "
                "who is %(roles)s.",
                kind=dict(
                    env["telecom.subscription.operation"]
                    ._fields["kind"]
                    ._description_selection(env)
                )[self.code],
                roles=env._(" or ").join(
                    env.ref(group).sudo().name for group in self.groups
                ),
            )
        )

    def check(self, operation):
        """Raise UserError when the operation cannot be done on its day."""

    def companions(self, operation):
        """Return the other subscriptions with which it is done, all or none."""
        return operation.subscription_id.browse()

    def apply(self, operation):
        """Do it.

        :return: dict that ``take_back`` needs, of what JSON can hold
        """
        raise NotImplementedError

    def hold(self, operation):
        """Keep what a planned operation will need on its day."""

    def let_go(self, operation):
        """Give back what was kept, as the operation will not take place."""

    def finish(self, operation):
        """Do on its day what is left of an operation whose lines were laid down."""

    def take_back(self, operation):
        """Undo what ``apply`` did, or raise UserError saying what to do instead."""
        raise UserError(
            operation.env._(
                "“%s” cannot be undone once it is done.", operation.display_name
            )
        )


class LineKind(OperationKind):
    """An operation that is nothing but dated lines of the subscription."""

    is_dated_ahead = True
    is_charged_by_day = True
    done_notice = "subscription_changed"

    def take_back(self, operation):
        """Give the lines back as they were, unless a bill or somebody used them."""
        operation._restore_lines()
