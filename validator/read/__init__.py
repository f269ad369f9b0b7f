"""A file → pages of words, strokes, fills and pictures: the only place that opens a PDF library."""
from __future__ import annotations

from validator.read.document import read_document

__all__ = ["read_document"]
