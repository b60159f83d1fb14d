# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Compare what became of each record with what the generator knows it must become."""

from .check import TruthCheck, check_truth

__all__ = ["TruthCheck", "check_truth"]
