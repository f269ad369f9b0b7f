"""Rule books: YAML files in, rules bound to the figures of documents out, with every fault told at once.

`load` reads books, `manners` says how text files are written, `plan` what is asked of data sources, `bind` applies
books to documents, `load_waivers` and `apply_waivers` do the same for accepted findings. `rulebook.suggest`, a module
that only one command needs, writes a book of what was discovered; `rulebook.touched` and `rulebook.references` say what
changed files have to do with a book. No verdict is made here, and nothing printed.
"""

from __future__ import annotations

from validator.rulebook.bind import bind
from validator.rulebook.book import Book
from validator.rulebook.ledger import Ledger
from validator.rulebook.load import load
from validator.rulebook.manners import manners
from validator.rulebook.plan import Asked, plan
from validator.rulebook.waivers import apply_waivers, load_waivers

__all__ = ["Asked", "Book", "Ledger", "apply_waivers", "bind", "load", "load_waivers", "manners", "plan"]
