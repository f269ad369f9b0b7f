"""Where a process starts: `validator` and `python -m validator`. Hands over to the command line."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # as `typing` has it, whose import takes half as long as the start of Python
if TYPE_CHECKING:
    from types import TracebackType

UNUSABLE = 2  # as `cli.UNUSABLE`: a run that broke down must not look like one that found contradictions


def main() -> int:
    """Run the command line and give its exit status."""
    # A run builds many small values that live until it ends and few cycles. Looking for cycles after every 700 new
    # values, as Python does, is time spent on walking over live values; every 50,000 still bounds what cycles hold.
    gc.set_threshold(50_000, 20, 50)
    sys.excepthook = break_down
    if sys.argv[1:2] == ["hook"]:  # most commits touch nothing that a rule book speaks of, and should not notice
        from validator.hook import glance

        if glance.nothing_to_do(sys.argv[2:]):
            return 0
    from validator import cli

    return cli.main()


def break_down(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in one line that the program is at fault, and where; with VALIDATOR_TRACEBACK set, say it at length."""
    if os.environ.get("VALIDATOR_TRACEBACK"):
        sys.__excepthook__(kind, error, trace)
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""
    sys.stderr.write(
        f"validator: a fault of the program, not of your files: {kind.__name__}{where}: {error}; "
        "please report it, with the document if you can (VALIDATOR_TRACEBACK=1 shows more)\n"
    )
    sys.stderr.flush()
    os._exit(UNUSABLE)  # Python would exit with 1, which means that a contradiction was found


if __name__ == "__main__":
    sys.exit(main())
