"""Where a process starts: `validator` and `python -m validator`. Hands over to the command line."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line and give its exit status."""
    # A run builds many small values that live until it ends and few cycles. Looking for cycles after every 700 new
    # values, as Python does, is time spent on walking over live values; every 50,000 still bounds what cycles hold.
    gc.set_threshold(50_000, 20, 50)
    from validator import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
