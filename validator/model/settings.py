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


DEFAULT = Settings()
