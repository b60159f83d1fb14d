# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What follows when bills are not paid: pure rules, without a database.

``ladder`` says which step an account gets and when, ``calendar`` on which days a
service may be touched, ``return_reasons`` what a bank's code means for the ladder,
``instalments`` how a debt is paid in parts, ``agreement`` draws its paper.
"""
