"""The command line as a process of its own."""

from __future__ import annotations

import subprocess
import sys


def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    """What `validator` says to these arguments; ``more`` as `subprocess.run` takes it."""
    command = [sys.executable, "-m", "validator", *arguments]
    return subprocess.run(command, text=True, timeout=60, capture_output="stdout" not in more, check=False, **more)  # type: ignore[call-overload,no-any-return]
