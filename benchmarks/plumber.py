"""The peer: what a bare script pays to read the same file with pdfplumber."""

from __future__ import annotations

import sys

import pdfplumber

for path in sys.argv[1:]:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_words()
            page.extract_tables()
            page.close()
