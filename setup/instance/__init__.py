"""Make, run, test and remove the Odoo instance of this checkout."""
