"""Ten rules on data files as whole processes, against the peers of ../shared/bench/ten-rules in the same run.

usage: python benchmarks/ten_rules.py [RUNS]     needs ../shared and the packages of the extra `bench`

The data are made in a temporary folder by the peers' own script, with planted faults: 1,000,000 rows for the peers,
10,000,000 for memory, 1,000,000 rows of one wide file for 200 rules, and 1,000,000 rows of which 30 % are bad.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Run, run

HERE = Path(__file__).resolve().parent
PEERS = HERE.parent.parent / "shared" / "bench" / "ten-rules"
VALIDATOR = [sys.executable, "-m", "validator", "check", "--rules"]
ROWS, MANY_ROWS = 1_000_000, 10_000_000
RANGES = 200
# The planted faults, by kind of check: rows, or groups of the reconciliation, or relations that do not hold.
PLANTED = {
    "not-null": 7,
    "unique": 10,
    "in-set": 3,
    "in-range": 4,
    "matches": 6,
    "row-sum": 8,
    "foreign-key": 11,
    "reconcile": 2,
    "column-total": 1,
    "hundred": 1,
}

BOOK = """\
validator: 1
book: ten rules
sources:
  micro: micro.{format}
  pub: pub.{format}
  regions: regions.{format}
rules:
  - not-null: micro.id
  - unique: micro.id
  - in-set: {{columns: micro.sex, values: [M, F, X]}}
  - in-range: {{columns: micro.age, min: 0, max: 120}}
  - matches: {{columns: micro.code, pattern: '[A-Z]{{2}}-[0-9]{{4}}'}}
  - row-sum: {{source: micro, relation: male + female = total}}
  - foreign-key: {{columns: micro.region, in: regions.region}}
  - reconcile: ["sum(pub.total where region != Total) by region", "sum(micro.total) by region"]
  - id: column-total
    linear: "sum(pub.total where region != Total) = sum(pub.total where region = Total)"
  - id: hundred
    linear: "sum(pub.pct where region != Total) = 100"
"""


def main(runs: int) -> None:
    """Print one line per measure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _made(folder, ROWS)
        for form, peer, limit in (("parquet", "plain_duckdb", 1.3), ("csv", "plain_duckdb_mat", 1.3)):
            ours = _ours(folder, form)
            _found(ours)
            _against(f"{form}, {ROWS:,} rows, {peer}", ours, _peer(peer, form, folder), runs, limit, memory=1.5)
        ours = _ours(folder, "parquet")
        few = max(1, runs // 3)
        _against("parquet, pandera on polars", ours, _peer("pandera_polars", "parquet", folder), few, 1.0)
        _against("parquet, Great Expectations on pandas", ours, _peer("gx_pandas", "parquet", folder), few, 0.2)
        _many_ranges(folder, runs)
        _mostly_bad(folder, runs)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _made(folder, MANY_ROWS)
        one = run(_ours(folder, "parquet"))
        said = f"{one.seconds:.2f} s ({one.work:.2f} of processors), peak {one.megabytes:.0f} MB (below 1,000)"
        print(f"parquet, {MANY_ROWS:,} rows: {said}")


# --- the ten rules ------------------------------------------------------------------------------------------------


def _made(folder: Path, rows: int) -> None:
    subprocess.run([sys.executable, str(PEERS / "gen.py"), str(rows), str(folder)], check=True, capture_output=True)


def _sql(statement: str) -> None:
    """By a process of its own: a child's peak memory counts from that of the process that starts it."""
    subprocess.run([sys.executable, "-c", "import sys, duckdb; duckdb.execute(sys.argv[1])", statement], check=True)


def _ours(folder: Path, form: str) -> list[str]:
    book = folder / f"ten-{form}.yml"
    book.write_text(BOOK.format(format=form), encoding="utf-8")
    return [*VALIDATOR, str(book), "--format", "json", "--output", str(folder / "result.json")]


def _peer(name: str, form: str, folder: Path) -> list[str]:
    return [sys.executable, str(PEERS / f"{name}.py"), form, str(folder)]


def _found(command: list[str]) -> None:
    """Every planted fault is found, and no row more."""
    run(command)
    result = json.loads(Path(command[-1]).read_text(encoding="utf-8"))
    found: dict[str, int] = {}
    for finding in result["findings"]:
        kind = finding["rule"] if finding["check"] == "linear" else finding["check"]
        told = finding["message"].split()[0].replace(",", "")
        if kind in found:
            continue  # the groups that only one side of the reconciliation has, which the peers leave out
        found[kind] = 1 if finding["check"] == "linear" else int(told)
    if found != PLANTED:
        sys.exit(f"the planted faults are {PLANTED}, found were {found}")


def _against(
    name: str, ours: list[str], peer: list[str], runs: int, limit: float, *, memory: float | None = None
) -> None:
    """Both in turn, after a warm-up of each."""
    run(ours), _peer_run(peer)
    pairs = [(run(ours), _peer_run(peer)) for _ in range(runs)]
    ratio = statistics.median(a.seconds / b.seconds for a, b in pairs)
    work = statistics.median(a.work / b.work for a, b in pairs)
    seconds = [statistics.median(one.seconds for one in side) for side in zip(*pairs, strict=True)]
    peaks = [max(one.megabytes for one in side) for side in zip(*pairs, strict=True)]
    said = f"; memory {peaks[0] / peaks[1]:.2f} (at most {memory})" if memory else ""
    print(
        f"{name}: {seconds[0]:.2f} s against {seconds[1]:.2f} s, ratio {ratio:.2f}, of processor time {work:.2f} "
        f"(at most {limit}); peak {peaks[0]:.0f} MB against {peaks[1]:.0f} MB{said}",
        flush=True,
    )


def _peer_run(command: list[str]) -> Run:
    """A peer imports its neighbour `common` and must not write beside it."""
    return run([command[0], "-B", *command[1:]])


# --- many rules ---------------------------------------------------------------------------------------------------

FUSED = """\
import sys, duckdb
ranges = ", ".join(f"count_if(c{i % 20} < {i} or c{i % 20} > {i + 1000})" for i in range(int(sys.argv[2])))
print(sum(duckdb.execute(f"select {ranges} from read_parquet('{sys.argv[1]}')").fetchone()))
"""


def _many_ranges(folder: Path, runs: int) -> None:
    path = folder / "wide.parquet"
    columns = ", ".join(f"(hash(i, {c}) % 1300)::BIGINT AS c{c}" for c in range(20))
    _sql(f"COPY (SELECT {columns} FROM range({ROWS}) t(i)) TO '{path}'")
    rules = "\n".join(f"  - in-range: {{columns: wide.c{i % 20}, min: {i}, max: {i + 1000}}}" for i in range(RANGES))
    book = folder / "ranges.yml"
    book.write_text(f"validator: 1\nbook: ranges\nsources: {{wide: wide.parquet}}\nrules:\n{rules}\n", encoding="utf-8")
    script = folder / "fused.py"
    script.write_text(FUSED, encoding="utf-8")
    ours = [*VALIDATOR, str(book), "--format", "json", "--output", str(folder / "ranges.json")]
    peer = [sys.executable, str(script), str(path), str(RANGES)]
    _against(f"{RANGES} ranges, {ROWS:,} rows, one fused query", ours, peer, runs, 1.5)


# --- mostly bad data ----------------------------------------------------------------------------------------------


def _mostly_bad(folder: Path, runs: int) -> None:
    bad = folder / "bad"
    bad.mkdir()
    spoilt = {
        "id": "NULL",
        "sex": "'?'",
        "age": "999",
        "code": "'bad 1'",
        "total": "total + 1",
        "region": "'ZZ'",
    }
    changes = ", ".join(
        f"CASE WHEN hash(id, {n}) % 10 < 3 THEN {to} ELSE {c} END AS {c}" for n, (c, to) in enumerate(spoilt.items())
    )
    micro = folder / "micro.parquet"
    _sql(f"COPY (SELECT * REPLACE ({changes}) FROM read_parquet('{micro}')) TO '{bad / 'micro.parquet'}'")
    for name in ("pub", "regions"):
        (bad / f"{name}.parquet").write_bytes((folder / f"{name}.parquet").read_bytes())
    clean, spoiled = _ours(folder, "parquet"), _ours(bad, "parquet")
    _against("30 % bad rows, against the same rules on clean data", spoiled, clean, runs, 1.5)
    size = (bad / "result.json").stat().st_size
    print(f"30 % bad rows: {size / 1000:.0f} kB of JSON (below 100)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
