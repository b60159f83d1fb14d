# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

# Some distributions of Odoo leave this file out although mail's bundle names it;
# the web client then logs an error on every page.
OPTIONAL_ASSET = "/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


class IrAsset(models.Model):
    _inherit = "ir.asset"

    def _fill_asset_paths(
        self, bundle, asset_paths, seen, addons, installed, **assets_params
    ):
        """Override of ``base`` to drop the optional asset where its file is missing."""
        result = super()._fill_asset_paths(
            bundle, asset_paths, seen, addons, installed, **assets_params
        )
        missing = [
            (path, full_path, modified)
            for path, full_path, _bundle, modified in asset_paths.list
            if not full_path and path.lstrip("/") == OPTIONAL_ASSET.lstrip("/")
        ]
        if missing:
            asset_paths.remove(missing, bundle)
        return result
