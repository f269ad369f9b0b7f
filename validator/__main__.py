"""Where a process starts: `validator` and `python -m validator`. Hands over to the command line."""

from __future__ import annotations

import os
import sys

from validator import collecting

TYPE_CHECKING = False  # as `typing` has it, whose import takes half as long as the start of Python
if TYPE_CHECKING:
    from types import TracebackType

UNUSABLE = 2  # as `cli.status.UNUSABLE`: a run that broke down must not look like one that found contradictions
INTERRUPTED = 130  # as shells have it: 128 and the number of the signal


def main() -> int:
    """Run the command line and give its exit status."""
    collecting.seldom()
    sys.excepthook = break_down
    _hold_streams()
    if sys.argv[1:2] == ["hook"]:  # most commits touch nothing that a rule book speaks of, and should not notice
        from validator.hook import glance

        if glance.nothing_to_do(sys.argv[2:]):
            return 0
    from validator import cli

    return _left(cli.main())


def _left(status: int) -> int:
    """End here, with what was printed on its way: Python would take all values of the run apart first, in 30 ms."""
    import atexit

    atexit._run_exitfuncs()  # the libraries' last words
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            return status  # which Python then tells
    os._exit(status)


def _hold_streams() -> None:
    """Give the standard streams that were closed to nobody, lest the next file that is opened take their place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - until the process ends


def break_down(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in one line that the program is at fault, and where; with VALIDATOR_TRACEBACK set, say it at length."""
    if _interrupted(error):  # before the command line was there to say so
        _end("validator: interrupted\n", INTERRUPTED)
    if os.environ.get("VALIDATOR_TRACEBACK"):
        sys.__excepthook__(kind, error, trace)
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""
    what = " ".join(str(error).split())
    _end(
        f"validator: a fault of the program, not of your files: {kind.__name__}{where}: {what}; "
        "please report it, with the document if you can (VALIDATOR_TRACEBACK=1 shows more)\n",
        UNUSABLE,
    )


def _interrupted(error: BaseException | None) -> bool:
    """Whether an interrupt is behind an error: Python wraps what comes while it makes a class."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__
    return error is not None


def _end(message: str, status: int) -> None:
    """Say it and end, here and now: Python would end with 1, which means that a contradiction was found."""
    try:
        sys.stderr.write(message)
        sys.stderr.flush()
    except OSError:
        pass
    os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
