"""Whether a file is a PDF or something else, by its first bytes: asked of every file, so it imports nothing heavy."""

from __future__ import annotations

from pathlib import Path

HEAD = 1024  # bytes: PDF readers look for "%PDF-" in as many


def is_data(path: str | Path) -> bool:
    """Whether there is a file that is no PDF; False where none can be opened, which its reader then says."""
    if not Path(path).is_file():  # a pipe would keep us waiting
        return False
    try:
        with Path(path).open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return False
    return bool(head) and b"%PDF-" not in head
