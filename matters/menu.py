"""The menu: what each procedure lets people start, and what belongs to none of them."""

from typing import Final

from matters.procedures import PROCEDURES
from notices.menu import HOUSE, Menu

MENU: Final = Menu((*(entry for each in PROCEDURES for entry in each.menu), *HOUSE))
