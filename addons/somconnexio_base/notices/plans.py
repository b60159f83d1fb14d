# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The channels of a kind of notice, in turn: one after the other, or one instead."""

from typing import NamedTuple

MAIL, SMS, POST = "mail", "sms", "post"


class Plan(NamedTuple):
    """``channels`` in their order; ``is_each``: told by all of them, not by one."""

    channels: tuple
    is_each: bool = False


PLANS = {
    "mail": Plan((MAIL,)),
    "sms": Plan((SMS,)),
    "mail_else_sms": Plan((MAIL, SMS)),
    "sms_else_mail": Plan((SMS, MAIL)),
    "mail_and_sms": Plan((MAIL, SMS), is_each=True),
    "portal": Plan(()),
    "letter": Plan((POST,)),
    "mail_and_letter": Plan((MAIL, POST), is_each=True),
}


def first_channel(plan_code):
    """Return the channel to begin with, or None for what is only shown.

    >>> first_channel("sms_else_mail"), first_channel("portal")
    ('sms', None)
    """
    channels = PLANS[plan_code].channels
    return channels[0] if channels else None


def next_channel(plan_code, channel, is_told):
    """Return the channel to go on with after another, or None when that was all.

    :param str channel: the one that was just used
    :param bool is_told: whether it took the message

    >>> next_channel("mail_else_sms", "mail", is_told=False)
    'sms'
    >>> next_channel("mail_else_sms", "mail", is_told=True) is None
    True
    >>> next_channel("mail_and_sms", "mail", is_told=True)
    'sms'
    """
    plan = PLANS[plan_code]
    if channel not in plan.channels or (is_told and not plan.is_each):
        return None
    rest = plan.channels[plan.channels.index(channel) + 1 :]
    return rest[0] if rest else None
