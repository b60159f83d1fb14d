# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.exceptions import UserError

from ... import sql_steps
from ...partner_data import likeness


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _merge_problems(self):
        """Return why these partners can't become one: sentences, empty when they can.

        Other parts add theirs, such as two memberships, of which the dialog would
        drop one.
        """
        problems = []
        profiles = [
            likeness.Profile.of(partner._profile_values()) for partner in self.sudo()
        ]
        if len({profile.is_company for profile in profiles}) > 1:
            problems.append(
                self.env._(
                    "%(partners)s are a person and an entity: they stay apart.",
                    partners=", ".join(self.mapped("display_name")),
                )
            )
        tax_ids = {p.tax_id: p.tax_kind for p in profiles if p.tax_id}
        may_be_naturalised = sorted(tax_ids.values()) == ["nie", "nif"]
        if len(tax_ids) > 1 and not may_be_naturalised:
            problems.append(
                self.env._(
                    "Two valid tax IDs, %(numbers)s, belong to two persons. Correct or"
                    " empty the wrong one before you merge.",
                    numbers=", ".join(sorted(tax_ids)),
                )
            )
        if len(self.sudo().company_id) > 1:
            problems.append(
                self.env._("They belong to different companies: they stay apart.")
            )
        return problems


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging in which nothing other systems or people know of is lost."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Override of ``base`` to refuse what must stay apart, and keep decisions.

        A telecom administrator may merge partners with different e-mails.

        :raise UserError: with the reasons why they can't become one
        """
        partners = self.env["res.partner"].browse(partner_ids).exists()
        if len(partners) < 2:
            return super()._merge(partner_ids, dst_partner, extra_checks)
        if problems := partners._merge_problems():
            raise UserError("\n".join(problems))
        target = dst_partner if dst_partner and dst_partner in partners else None
        target = target or self._get_ordered_partner(partners.ids)[-1]
        self._move_duplicates(partners - target, target)
        if self.env.user.has_group("somconnexio_base.group_telecom_admin"):
            extra_checks = False
        result = super()._merge(partners.ids, target, extra_checks)
        self.env.invalidate_all()
        target._sync_keys()
        target._note_duplicates()
        return result

    def _move_duplicates(self, sources, target):
        """Let what was decided about the sources hold for the target."""
        self.env["telecom.partner.duplicate"].flush_model()
        sql_steps.run(
            self.env,
            "partner/40_move_duplicates",
            source_ids=sources.ids,
            target_id=target.id,
        )
        sql_steps.run(self.env, "partner/41_delete_merged", source_ids=sources.ids)
        self.env["telecom.partner.duplicate"]._forget_shown()

    def _update_reference_fields_generic(
        self, referenced_model, src_records, dst_record, additional_update_records=None
    ):
        """Override of ``base`` to let what other systems know by name survive."""
        result = super()._update_reference_fields_generic(
            referenced_model, src_records, dst_record, additional_update_records
        )
        self.env["telecom.external.id"]._repoint(src_records, dst_record)
        return result
