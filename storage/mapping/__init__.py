"""How the classes of the rules are mapped to the tables: imperatively, so that they know nothing of it.

Every file of this folder maps the classes of one matter; all are loaded before any of the classes is used.
"""

from importlib import import_module
from pkgutil import iter_modules

for _found in iter_modules(__path__):
    import_module(f"{__name__}.{_found.name}")
