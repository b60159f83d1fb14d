# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The stages of a bill run, in their order: one table for buttons, rights and CLI."""

from dataclasses import dataclass

MANAGER = "somconnexio_base.group_telecom_billing_manager"
ACCOUNTANT = "somconnexio_base.group_telecom_accountant"


@dataclass(frozen=True)
class Stage:
    """One stage: its code, the state that it leads to and who may start it.

    ``slice_field`` names the state of the stage on a slice when the work is done by
    background jobs, slice by slice; empty when it is one statement after the other.
    ``from_state`` and ``to_state`` say what such a job does to a billing account.
    """

    code: str
    done_state: str
    groups: tuple[str, ...] = (MANAGER,)
    slice_field: str = ""
    from_state: str = ""
    to_state: str = ""


STAGES = (
    Stage("load", "loaded"),
    Stage("rate", "rated"),
    Stage("check", "checked"),
    Stage("preview", "previewed"),
    Stage(
        "invoice",
        "invoiced",
        slice_field="invoice_state",
        from_state="pending",
        to_state="invoiced",
    ),
    Stage(
        "post",
        "posted",
        groups=(ACCOUNTANT,),
        slice_field="post_state",
        from_state="invoiced",
        to_state="posted",
    ),
    Stage(
        "deliver",
        "delivered",
        groups=(MANAGER, ACCOUNTANT),
        slice_field="deliver_state",
        from_state="posted",
        to_state="delivered",
    ),
)
BY_CODE = {stage.code: stage for stage in STAGES}
ORDER = ("draft", *(stage.done_state for stage in STAGES))


def before(stage):
    """Return the state that a run has reached at least when ``stage`` may start.

    >>> before(BY_CODE["load"]), before(BY_CODE["post"])
    ('draft', 'invoiced')
    """
    return ORDER[STAGES.index(stage)]


def has_reached(state, wanted):
    """Tell whether a run in ``state`` is at ``wanted`` or beyond it.

    >>> has_reached("posted", "invoiced"), has_reached("draft", "loaded")
    (True, False)
    >>> has_reached("cancelled", "draft")
    False
    """
    return state in ORDER and ORDER.index(state) >= ORDER.index(wanted)


def until(code):
    """Return the stages up to and including the one named ``code``.

    >>> [stage.code for stage in until("check")]
    ['load', 'rate', 'check']
    """
    return STAGES[: STAGES.index(BY_CODE[code]) + 1]
