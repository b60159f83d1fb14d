# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Sentences that several explanations share."""

# pylint: disable=prefer-env-translation  # there is no env in plain Python


def money(amount, facts, numbers):
    """Write an amount with all the decimals it has, two at least."""
    return f"{numbers.format(amount, least_decimals=2)} {facts.currency}"


def cover(draw, write, _):
    """Tell what an allowance covers, and what was used of it before.

    :param DrawFacts draw: units or money
    :param write: turns a quantity of the allowance into text
    :param _: translates a text and fills in its ``%(name)s``
    """
    values = {
        "covered": write(draw.quantity),
        "allowance": _name(draw, _),
        "used": write(draw.used_before),
    }
    if draw.limit is None:
        return _("%(covered)s are included: %(allowance)s.", **values)
    values["limit"] = write(draw.limit)
    if not draw.quantity:
        return _(
            "Nothing was left of %(allowance)s: %(used)s of %(limit)s were used"
            " before.",
            **values,
        )
    return _(
        "%(covered)s are included in %(allowance)s: %(used)s of %(limit)s were used"
        " before.",
        **values,
    )


def _name(draw, _):
    if not draw.origin:
        return draw.allowance
    return _("%(allowance)s of %(month)s", allowance=draw.allowance, month=draw.origin)
