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
    max_objects_per_page: int = 300_000  # more is a map or a drawing; a table page holds some 5,000
    max_segments_per_page: int = 100_000  # of paths; a ruled page holds some 10,000, the rest is drawing
    max_segments_per_path: int = 4_000  # a grid drawn as one path holds some 500; a coast line is no rule
    max_segments_per_clip: int = 64  # clips of text are boxes (5) or rounded boxes (13)
    max_form_depth: int = 12  # forms within forms; PDFium itself stops at about this depth
    min_picture_share: float = 0.02  # of the page: smaller pictures are logos and icons, not charts

    # Reports: what a reader can take in, and what a mail box or a browser takes.
    progress_after: float = 1.0  # seconds: shorter work needs no progress bar (Nielsen's limit for an unbroken thought)
    text_width: int = 80  # columns where the output is no terminal: what every pager, e-mail and log shows
    text_width_least: int = 50  # a narrower terminal wraps by itself: the tables of a finding need this much
    text_width_most: int = 120  # longer lines of prose are hard to read
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

    # Discovering: what counts as proof, and bounds on the search.
    proof_bits: float = 6.0  # beyond those of all candidates tried: one false relation in 64 tables
    longest_run: int = 400  # rows of one sum; a longer table is cut into pages long before
    longest_stride: int = 12  # months of a year: the longest order in which rows are known to come back
    most_rows_for_pairs: int = 60  # any two of more rows would take seconds, and coincidences grow with the cube
    most_pairs_of_a_row: int = 6  # a row with more explanations stands in a table of multiples, which prove nothing


DEFAULT = Settings()
