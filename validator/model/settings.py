"""Every threshold of the program, in one frozen place, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and tolerances. Lengths are in points, or in ems (multiples of the font size) where named so."""

    # Reading: bounds on what a file may ask of us.
    max_bytes: int = 500_000_000  # a report is not larger; a file that is was given by mistake
    max_pages: int = 5_000
    max_glyphs_per_page: int = 200_000  # a dense A3 statistics page holds about 15,000
    min_picture_share: float = 0.02  # of the page: smaller pictures are logos and icons, not charts

    # Reports: what a reader can take in, and what a mail box or a browser takes.
    excerpt_rows: int = 9  # rows of a table shown with a finding: about as many as are grasped at a glance
    excerpt_columns: int = 4  # columns of a table shown with a finding: fits 80 characters
    quote_length: int = 480  # characters of a passage shown with a finding: about five lines of a printed page
    picture_long_side: int = 1650  # pixels: a 6-point figure on A4 is then 12 pixels high, which is legible
    picture_quality: int = 72  # WebP: no smear around small type at this size; a slide takes about 100 kB
    picture_pages: int = 60  # of a longer document only pages with findings are pictured: keeps the file under 10 MB

    # Evaluating.
    max_counts_tried: int = 10_000  # a count hedged wider than this says nothing about a mean of whole numbers

    # Rule books: bounds on what a file may ask of us, and how a book finds its documents.
    max_rulebook_bytes: int = 2_000_000  # the longest book so far has about 40,000
    max_rulebook_depth: int = 20  # the format itself is five deep
    min_book_match: float = 0.5  # share of its tables and phrases by which a book without `documents` knows a report


DEFAULT = Settings()
