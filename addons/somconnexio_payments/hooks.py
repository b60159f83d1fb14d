# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is done once, when the addon is installed."""


def post_init_hook(env):
    """Make mandates of those that were taken over before this addon was there."""
    accounts = env["telecom.billing.account"].search(
        [("mandate_reference", "!=", False)]
    )
    accounts._mandates_taken_over()
