# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Fetch providers' files from where they lie, and tell which ones are missing.

No Odoo here: a box is a place with files (a folder, a directory of an SFTP server),
a name pattern tells a file's date and number, and gaps are what did not come.
"""
