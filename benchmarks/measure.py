"""Whole cold processes, timed in turn with a peer, with the operating system's own account of memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Run:
    """One process: wall-clock seconds, peak resident memory in MB, exit status, seconds of processors."""

    seconds: float
    megabytes: float
    status: int
    work: float = 0.0  # user and system: what a machine that is busy with something else does not change


def run(command: Sequence[str]) -> Run:
    """Run ``command`` to its end, its output thrown away."""
    # Modules are compiled once, by the warm-up, as they are where a package is installed: in a checkout on which
    # somebody works with this switch set, every run would compile what changed, and the peer, which is installed, not.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    complaint = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1) or b"Traceback" in complaint:
        sys.exit(f"{' '.join(command)}: exit {code}: {complaint.decode(errors='replace').strip()[-400:]}")
    return Run(seconds, usage.ru_maxrss / 1024, code, usage.ru_utime + usage.ru_stime)


def against(ours: Sequence[str], peer: Sequence[str], runs: int = 5) -> str:
    """Both commands in turn, after one warm-up each: median seconds, the median ratio pair by pair, peak memory."""
    run(ours), run(peer)
    pairs = [(run(ours), run(peer)) for _ in range(runs)]
    ratio = statistics.median(a.seconds / b.seconds for a, b in pairs)
    seconds = statistics.median(a.seconds for a, _ in pairs)
    peers = statistics.median(b.seconds for _, b in pairs)
    memory = max(a.megabytes for a, _ in pairs)
    return f"{seconds:.2f} s against {peers:.2f} s of the peer, ratio {ratio:.2f}; peak {memory:.0f} MB"
