"""The order of the stages, and the only module that knows it.

In: paths as the user gave them. Out: a `Result`, or what one of the smaller commands shows. Must not print, must not
decide anything about figures itself, and imports a stage only when a command needs it, since start-up is paid on
every run.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from validator.answers import Answers, answered, told
from validator.coverage import covered
from validator.doubts import SecondOpinion, complete, confirmed, doubtful, incomplete_pages, unanswered, unreadable
from validator.intake import Intake
from validator.model.errors import Problem, ReadError, RuleError, UsageError, ValidatorError
from validator.model.judged import Judged
from validator.model.results import Result
from validator.model.settings import DEFAULT, Settings
from validator.model.verdicts import Verdict
from validator.proposals import Proposals

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from validator.model.answers import SourceOutcome
    from validator.model.extracts import Extract
    from validator.model.results import Holding
    from validator.model.rules import Binding, BoundRule, Kind, Position
    from validator.model.schemas import SchemaFailure
    from validator.read.standby import SecondReader
    from validator.rulebook import Book
    from validator.rulebook.touched import Touched

    Progress = Callable[[str, int, int], None]


def check(
    paths: Sequence[str],
    books: Sequence[str] | Sequence[Book],
    waivers: str | None = None,
    settings: Settings = DEFAULT,
    progress: Progress | None = None,
    *,
    discover: bool = False,
    engine: str | None = None,
    given: Sequence[Extract] = (),
    holding: bool = False,
    intake: Intake | None = None,
) -> Result:
    """Read, extract, bind, evaluate and explain; discrepancies come back as findings, never as exceptions.

    Without rule books the relations are discovered; with them only on demand. ``engine`` is the connection URL of
    what runs the rules on data sources, where it is not DuckDB. ``given`` are documents that somebody else has read,
    beside those in ``paths``. With ``holding`` the result also says in words what holds. ``intake`` is that of
    ``paths``, where it has begun.
    """
    from validator import read

    with intake or Intake(paths, settings) as documents, read.second_reader(settings, paths) as second:
        found = _checked(
            paths, books, waivers, settings, progress, documents, second, discover=discover, engine=engine, given=given
        )
    return replace(found.result, holding=_holding(found)) if holding else found.result


class _Run(NamedTuple):
    """A run's result, and what it rests on."""

    result: Result
    judged: Sequence[Judged]
    told: Sequence[tuple[BoundRule, SourceOutcome, Verdict, str]]
    kinds: Mapping[str, Kind]


def _holding(run: _Run) -> tuple[Holding, ...]:
    from validator.explain.holding import holding

    return holding(run.judged, run.told, lambda bound, outcome: run.kinds[bound.kind].message(bound, outcome))


def _checked(
    paths: Sequence[str],
    books: Sequence[str] | Sequence[Book],
    waivers: str | None,
    settings: Settings,
    progress: Progress | None,
    intake: Intake,
    second: SecondReader,
    *,
    discover: bool,
    engine: str | None,
    given: Sequence[Extract],
) -> _Run:
    from validator import checks, rulebook

    kinds = checks.kinds()
    written = _written(books, kinds, settings)
    accepted = rulebook.load_waivers(waivers, settings) if waivers else ()
    if not given:
        _enough(paths, written)
    searched = discover or not books
    from validator import explain  # here and not later: a document is being read meanwhile

    opinion = SecondOpinion(second)
    proposals = Proposals(kinds, settings, opinion)
    studied, unusable = intake.studied(
        _spoken(written),
        progress,
        search=searched,
        beside=second.prepare,
        arrived=proposals.add,
        manners=rulebook.manners(written, paths),
    )
    extracts = [*(one.extract for one in studied), *given]
    try:
        answers, binding = _bound(written, extracts, kinds, settings, engine)
    except ValidatorError as problem:
        if not unusable:
            raise
        raise ReadError(*unusable, *problem.lines) from problem
    found = _judged(binding)
    if searched:
        found += [one for _, several in proposals.all(extracts) for one in several]
    found = complete(found, extracts)
    opinion.ask(found)
    unfit = _unfit(binding, settings)
    refused = [one.figure for one, _ in unfit if one.figure is not None]
    opinion.look(refused)
    # What follows goes on as if the second reader confirmed all, while it is at work.
    judged = explain.in_words(found, kinds, extracts)
    explained = explain.findings(judged, settings)
    doubted = opinion.doubts()
    if doubted:
        judged = explain.in_words(confirmed(found, doubted), kinds, extracts)
        explained = explain.findings(judged, settings)
    of_rules = told(answers, kinds)
    of_data = explain.data_findings(of_rules)
    refusals = explain.schema_findings(unfit, doubtful(refused, doubted), incomplete_pages(extracts))
    whole = all(book.whole for book in written)
    findings, warnings = rulebook.apply_waivers((*refusals, *of_data, *explained), accepted, stale=whole)
    verdicts = (one.verdict for one in refusals), (verdict for _, _, verdict, _ in of_rules)
    counts = Counter(chain((one.outcome.verdict for one in judged), *verdicts))
    result = Result(
        documents=covered(extracts, judged, binding),
        findings=findings,
        holds=counts[Verdict.HOLDS],
        violated=counts[Verdict.VIOLATED],
        undecidable=counts[Verdict.UNDECIDABLE],
        warnings=(*binding.warnings, *answers.warnings, *warnings, *unreadable(doubted)),
        unusable=(*unusable, *unanswered(doubted)),
        sources=answers.sources,
        whole=whole,
    )
    return _Run(result, judged, of_rules, kinds)


def _written(books: Sequence[str] | Sequence[Book], kinds: Mapping[str, Kind], settings: Settings) -> tuple[Book, ...]:
    """Books as they were given: loaded already, or as files. Raises RuleError with every fault."""
    from validator import rulebook

    loaded = tuple(book for book in books if not isinstance(book, str))
    return loaded or rulebook.load((book for book in books if isinstance(book, str)), kinds, settings)


def books(
    paths: Sequence[str], sources: Mapping[str, tuple[str, ...]], settings: Settings = DEFAULT
) -> tuple[Book, ...]:
    """Rule books, with other files in the place of those that they name for some sources. Raises ValidatorError."""
    from validator import checks, rulebook

    loaded = rulebook.load(paths, checks.kinds(), settings)
    known = dict.fromkeys(name for book in loaded for name in book.sources)
    for name in sources:
        if name not in known:
            named = f"there are {', '.join(known)}" if known else "there are none"
            raise UsageError(f"no rule book of this run has a source {name!r}; {named}")
    return tuple(
        replace(
            book,
            sources={
                name: replace(
                    source, files=sources.get(name, source.files), table="" if name in sources else source.table
                )
                for name, source in book.sources.items()
            },
        )
        for book in loaded
    )


def reports(written: Sequence[Book]) -> tuple[str, ...]:
    """The report files that these books name. Raises RuleError for those that are not there."""
    from validator.rulebook.touched import reports as reports_of

    return tuple(dict.fromkeys(path for book in written for path in reports_of(book)))


def touched(books: Sequence[str], changed: Collection[str], settings: Settings = DEFAULT) -> tuple[Touched, ...]:
    """The parts of these books that ``changed``, real paths of files, have to do with; to be given to `check`."""
    from validator import checks, rulebook
    from validator.rulebook.touched import touched as part_of

    parts: list[Touched | None] = []
    problems: list[Problem] = []
    for book in rulebook.load(books, checks.kinds(), settings):
        try:
            parts.append(part_of(book, changed))
        except RuleError as problem:
            problems.extend(problem.problems)
    if problems:
        raise RuleError(tuple(problems))
    return tuple(part for part in parts if part is not None)


def suggested(paths: Sequence[str], settings: Settings = DEFAULT, progress: Progress | None = None) -> str:
    """What can be discovered in these documents, as the text of a rule book; one that cannot be read is an error."""
    from validator import checks, explain, languages, read
    from validator.rulebook.suggest import Found, suggest

    kinds = checks.kinds()
    with Intake(paths, settings) as intake, read.second_reader(settings, paths) as second:
        opinion = SecondOpinion(second)
        proposals = Proposals(kinds, settings, opinion)
        studied, unusable = intake.studied(None, progress, search=True, beside=second.prepare, arrived=proposals.add)
        if unusable:
            raise ReadError(*unusable)
        extracts = [one.extract for one in studied]
        proposed = proposals.all(extracts)
        found = complete([one for _, several in proposed for one in several], extracts)
        opinion.ask(found)
        judged = iter(explain.in_words(confirmed(found, opinion.doubts()), kinds, extracts))
    told = [Found(one, tuple(islice(judged, len(several)))) for one, several in proposed]
    spoken = {extract.language: languages.load(extract.language) for extract in extracts}
    return suggest(extracts, told, kinds, settings, spoken)


def figures(path: str, settings: Settings = DEFAULT, progress: Progress | None = None) -> Extract:
    """One document as read and understood."""
    with Intake((path,), settings) as intake:
        ((studied,), _) = intake.studied(None, progress)
        return studied.extract


def check_books(paths: Sequence[str], settings: Settings = DEFAULT) -> tuple[str, ...]:
    """A line for each rule book that is in order, and for each warning; raises `RuleError` with every fault of all."""
    from validator import checks, frames, rulebook

    books = rulebook.load(paths, checks.kinds(), settings)
    problems = tuple(fault for book in books for schema in book.schemas for fault in frames.faults(schema))
    if problems:
        raise RuleError(problems)
    return tuple(line for book in books for line in (book.summary, *(f"warning: {text}" for text in _warnings(book))))


def _warnings(book: Book) -> tuple[str, ...]:
    """What is odd about a book: its own warnings, and reports that are not there, as those of today may not be yet."""
    try:
        reports((book,))
    except RuleError as problem:
        return (*book.warnings, *map(str, problem.problems))
    return book.warnings


def kind_summaries() -> dict[str, str]:
    """The kinds of check there are, by name, with what each says in a sentence."""
    from validator import checks

    return {name: kind.summary for name, kind in checks.kinds().items()}


def kind_page(name: str) -> str:
    """The documentation page of a kind of check, as Markdown."""
    package = Path(__file__).parent
    for folder in (package / "docs", package.parent / "docs" / "kinds"):  # installed, or in a checkout
        page = folder / f"{name}.md"
        if page.is_file():
            return page.read_text(encoding="utf-8")
    raise UsageError(f"the documentation page of “{name}” is missing from this installation; install it again")


def page_png(path: str, page: int, scale: float) -> bytes:
    """A page as it is seen, at ``scale`` pixels to the point."""
    from validator import read

    return read.page_png(path, page, scale)


def _spoken(books: Iterable[Book]) -> str | None:
    """The language that the books name; books of several languages leave it to each report."""
    spoken = {book.language for book in books}
    return spoken.pop() if len(spoken) == 1 else None


def _enough(paths: Sequence[str], books: Sequence[Book]) -> None:
    """A run without a report makes sense only where its books are about data alone."""
    if paths:
        return
    needy = next((book for book in books if book.needs_documents or not book.sources), None)
    if needy is not None or not books:
        named = f"; {needy.path} is about one" if needy is not None else ""
        raise UsageError(f"no report given{named} (see validator check --help)")


def _bound(
    books: Sequence[Book],
    extracts: Sequence[Extract],
    kinds: Mapping[str, Kind],
    settings: Settings,
    engine: str | None,
) -> tuple[Answers, Binding]:
    """What the sources answer, and the rules bound to the documents; the faults of both are told together."""
    from validator import rulebook

    try:
        answers = answered(books, kinds, settings, engine)
    except RuleError as problem:
        try:
            rulebook.bind(books, extracts, kinds, settings)
        except RuleError as more:
            raise RuleError((*problem.problems, *more.problems)) from problem
        raise
    return answers, rulebook.bind(books, extracts, kinds, settings, answers.ledger)


# --- judging ----------------------------------------------------------------------------------------------------


def _judged(binding: Binding) -> list[Judged]:
    """Every relation that the rules mean, with its verdict."""
    from validator.evaluate import evaluate

    meant = zip(binding.rules, binding.relations, strict=True)
    return [Judged(bound, evaluate(relation)) for bound, relations in meant for relation in relations]


def _unfit(binding: Binding, settings: Settings) -> list[tuple[SchemaFailure, Position]]:
    """What the schemas that rule books name refuse, with the line that names the schema."""
    if not binding.schemas:
        return []
    from validator import frames

    return [(one, place) for table, schema, place in binding.schemas for one in frames.check(table, schema, settings)]
