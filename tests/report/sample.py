"""A small invented report with a result for it: what every format is shown in its tests.

`build()` typesets two PDFs with reportlab and returns the result that a run on them would give, each figure with the
box in which it was set. The faults in the report are deliberate; the findings that name them are written by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from validator.model.answers import Used
from validator.model.extracts import Extract, Mention, Passage
from validator.model.figures import Figure, Numeral, NumeralKind, Unused
from validator.model.findings import Acceptance, Diagnosis, Exhibit, Finding, Severity, Source, Suspect
from validator.model.intervals import Interval
from validator.model.locations import Box, Location, hull
from validator.model.pages import Document, Page
from validator.model.results import Checked, Coverage, Result
from validator.model.tables import Cell, Header, Role, Stub, Table
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT = 595.0, 842.0
LEFT = 60.0
ASCENT, DESCENT = 0.76, 0.22  # of the font size, for Helvetica's figures


@dataclass
class Paper:
    """A PDF in the making, and everything that was set on it."""

    path: str
    canvas: Canvas
    number: int = 1
    y: float = 80.0
    figures: dict[str, Figure] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    numerals: list[Numeral] = field(default_factory=list)

    def box(self, x: float, text: str, size: float, bold: bool = False) -> Box:
        width = stringWidth(text, "Helvetica-Bold" if bold else "Helvetica", size)
        return Box(x, self.y - ASCENT * size, x + width, self.y + DESCENT * size)

    def place(self, box: Box) -> Location:
        return Location(self.path, self.number, box)

    def put(self, x: float, text: str, size: float, bold: bool = False) -> Box:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, HEIGHT - self.y, text)
        return self.box(x, text, size, bold)

    def figure(self, name: str, text: str, box: Box, label: str, **more: object) -> Figure:
        kind = NumeralKind(str(more.pop("kind", "count")))
        plain = text.replace(",", "").removesuffix(" per cent").removesuffix("%")
        value = more.pop("value", None)
        if value is None and kind is not NumeralKind.UNREADABLE:
            value = Decimal(plain)
        interval = more.pop("interval", Interval.exactly(value) if value is not None else Interval(None, None))
        made = Figure(text, value, interval, kind, self.place(box), quote=text, label=label, **more)  # type: ignore[arg-type]
        self.figures[name] = made
        return made

    def heading(self, text: str, size: float = 18) -> None:
        self.y += size
        box = self.put(LEFT, text, size, bold=True)
        self.passages.append(Passage(text, self.place(box), heading=True))
        self.y += size

    def prose(self, *lines: tuple[object, ...], size: float = 11) -> None:
        """A paragraph. A line is a tuple of strings and of (name, text, options) for figures; it is one passage."""
        text, mentions, boxes = "", [], []
        for line in lines:
            x = LEFT
            for part in line:
                words = part if isinstance(part, str) else part[1]
                box = self.put(x, words, size)
                if not isinstance(part, str):
                    mentions.append((part, len(text), len(text) + len(words), box))
                text += words
                x = box.x1
                boxes.append(box)
            text += " "
            self.y += size * 1.4
        text = text.rstrip()
        stops = [
            index + 1 for index, letter in enumerate(text) if letter == "." and text[index + 1 : index + 2] in ("", " ")
        ]
        sentences = tuple(zip([0, *(stop + 1 for stop in stops[:-1])], stops, strict=True))
        made = []
        for (name, words, options), start, stop, box in mentions:
            sentence = next(text[a:b] for a, b in sentences if a <= start < b)
            made.append(Mention(self.figure(name, words, box, sentence, **options), start, stop))
        self.passages.append(Passage(text, self.place(hull(boxes)), tuple(made), sentences))
        self.y += size * 0.7

    def table(
        self, name: str, caption: str, columns: list[str], rows: list[tuple[str, list[str]]], step: float = 90
    ) -> None:
        """A table; its figures are called "name[row, column]". The last row is the total."""
        size = 10
        self.put(LEFT, caption, size, bold=True)
        top = self.y
        self.y += 20
        headers = []
        for index, column in enumerate(columns):
            right = LEFT + 150 + step * (index + 1)
            width = stringWidth(column, "Helvetica-Bold", size)
            box = self.put(right - width, column, size, bold=True)
            headers.append(Header((column,), Role.TOTAL if column == "Total" else Role.BODY, box))
        stubs, cells = [], []
        for index, (label, texts) in enumerate(rows):
            last = index == len(rows) - 1
            if last:
                self.canvas.line(LEFT, HEIGHT - self.y - 5, LEFT + 150 + step * len(columns), HEIGHT - self.y - 5)
            self.y += 17
            box = self.put(LEFT, label, size, bold=last)
            stubs.append(Stub(label, path=(label,), role=Role.TOTAL if last else Role.BODY, page=self.number, box=box))
            line = []
            for place, (column, text) in enumerate(zip(columns, texts, strict=True)):
                right = LEFT + 150 + step * (place + 1)
                box = self.put(
                    right - stringWidth(text, "Helvetica-Bold" if last else "Helvetica", size), text, size, last
                )
                kind = {"kind": "unreadable"} if text.startswith("#") else {}
                figure = self.figure(f"{name}[{label}, {column}]", text, box, f"{label} › {column}", **kind)
                line.append(Cell(text, box, figure))
            cells.append(tuple(line))
        whole = Box(LEFT, top, LEFT + 150 + step * len(columns), self.y + 4)
        self.tables.append(
            Table(self.path, self.number, whole, tuple(headers), tuple(stubs), tuple(cells), caption=caption)
        )
        self.y += 34

    def number_page(self) -> None:
        self.y = 810
        box = self.put(WIDTH / 2, str(self.number), 9)
        self.numerals.append(Numeral(str(self.number), Unused.PAGE_NUMBER, self.place(box)))
        self.canvas.showPage()
        self.number, self.y = self.number + 1, 80.0

    def extract(self, sha256: str, pictures: int = 0) -> Extract:
        self.canvas.save()
        pages = tuple(Page(number, WIDTH, HEIGHT) for number in range(1, self.number))
        document = Document(self.path, sha256, pages)
        figures = tuple(
            sorted(self.figures.values(), key=lambda figure: (figure.location.page, figure.location.box.top))
        )
        return Extract(
            document, "en", tuple(self.tables), tuple(self.passages), figures, tuple(self.numerals), pictures
        )


SUBJECTS = [
    ("Novels", "9,412"),
    ("Crime", "7,308"),
    ("Picture books", "6,927"),
    ("Comics", "4,120"),
    ("History", "2,874"),
    ("Travel", "2,310"),
    ("Cookery", "1,988"),
    ("Gardening", "1,204"),
    ("Science", "1,117"),
    ("Art", "986"),
    ("Music", "842"),
    ("Law", "301"),
    ("Total", "39,398"),
]
BRANCHES = [
    ("Quay", ["12,400", "4,310", "16,710"]),
    ("Mill", ["9,875", "3,020", "12,895"]),
    ("Hill", ["8,140", "2,465", "10,605"]),
    ("Station", ["5,905", "1,985", "7,980"]),
    ("Total", ["36,320", "11,780", "48,100"]),
]


def _report(path: Path, name: str) -> Extract:
    paper = Paper(name, Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1))
    paper.heading("Visits to the Harbour Libraries in 2024")
    low, high = Decimal("11.5"), Decimal("12.5")
    paper.prose(
        (
            "In 2024 the four branches had ",
            ("visits", "48,210", {}),
            " visits. That is an increase of",
        ),
        (
            ("rise", "12 per cent", {"kind": "percent", "interval": Interval(low, high), "unit": "%"}),
            " on the year before, when ",
            ("before", "44,850", {}),
            " people came.",
        ),
        (
            "Just under ",
            (
                "quarter",
                "a quarter",
                {
                    "kind": "fraction",
                    "value": Decimal("0.25"),
                    "hedge": "just under",
                    "interval": Interval(Decimal("0.2"), Decimal("0.25"), high_open=True),
                },
            ),
            " of the visits were by children. ",
        ),
        (
            "On average a visitor stayed for ",
            ("stay", "37", {}),
            " minutes.",
        ),
    )
    paper.table("visits", "Table 1: Visits by branch, 2024", ["Adults", "Children", "Total"], BRANCHES)
    paper.prose(
        (
            "The branch at the station had ",
            ("hours", "2,236", {}),
            " opening hours, most of them unstaffed.",
        )
    )
    paper.number_page()
    paper.heading("Loans")
    paper.prose(
        (
            "Readers borrowed ",
            ("loans", "39,389", {}),
            " books, of which ",
            ("novels", "9,412", {}),
            " novels. Crime is the",
        ),
        (
            "second largest group with ",
            ("crime", "7,308", {}),
            " loans.",
        ),
    )
    paper.table("loans", "Table 2: Loans by subject, 2024", ["2024"], [(a, [b]) for a, b in SUBJECTS])
    paper.table("staff", "Table 3: Staff", ["Hours"], [("Day", ["3,120"]), ("Evening", ["####"]), ("Total", ["4,004"])])
    paper.number_page()
    return paper.extract("5e" * 32, pictures=1)


def _edition_before(path: Path, name: str) -> Extract:
    paper = Paper(name, Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1))
    paper.heading("Visits to the Harbour Libraries in 2023")
    paper.prose(
        (
            "In 2023 the four branches had ",
            ("visits", "44,580", {}),
            " visits.",
        )
    )
    paper.number_page()
    return paper.extract("a3" * 32)


def _exhibit(role: str, figure: Figure) -> Exhibit:
    return Exhibit(role, figure.text, figure.value, figure.location, figure.label, figure)


def _named(extract: Extract, *texts: str) -> list[Figure]:
    """The first figure with each text, in the order asked for."""
    return [next(figure for figure in extract.figures if figure.text == text) for text in texts]


def _findings(now: Extract, before: Extract) -> tuple[Finding, ...]:
    visits, rise, year_before = _named(now, "48,210", "12 per cent", "44,850")
    total, station = _named(now, "48,100", "7,980")
    quay, mill, hill, adults, children = _named(now, "16,710", "12,895", "10,605", "5,905", "1,985")
    declared = {"source": Source.DECLARED, "verdict": Verdict.VIOLATED, "severity": Severity.ERROR}
    yield Finding(
        fingerprint="1f0c77a1be02",
        check="tie-out",
        rule="visits-tie-out",
        rule_location="rules/library.yml:12",
        message="The text gives 48,210 visits, but the total of Table 1 is 48,100.",
        exhibits=(_exhibit("stated", visits), _exhibit("other", total)),
        stated=Decimal(48210),
        implied=Decimal(48100),
        difference=Decimal(110),
        suspects=(Suspect(0, Decimal(48100), ("visits-tie-out",), Decimal("0.5")),),
        **declared,
    )
    yield Finding(
        fingerprint="52b1d90e6c44",
        check="change",
        rule="rise-on-the-year-before",
        rule_location="rules/library.yml:14",
        message="48,210 is 7.5 % more than 44,850, but the text says 12 per cent.",
        exhibits=(_exhibit("stated", rise), _exhibit("new", visits), _exhibit("old", year_before)),
        stated=Decimal(12),
        implied=Decimal("7.4916"),
        difference=Decimal("4.5084"),
        **declared,
    )
    yield Finding(
        fingerprint="9d2e4410aa37",
        check="footing",
        rule="visits-footing",
        rule_location="rules/library.yml:9",
        message="The column Total of Table 1 adds up to 48,190, but its total is printed as 48,100.",
        exhibits=(_exhibit("total", total), *(_exhibit("part", figure) for figure in (quay, mill, hill, station))),
        stated=Decimal(48100),
        implied=Decimal(48190),
        difference=Decimal(-90),
        suspects=(Suspect(4, Decimal(7890), ("visits-footing", "visits-cross-footing"), Decimal("0.94")),),
        diagnosis=Diagnosis("transposed digits", "7,980 is 7,890 with two digits swapped."),
        **declared,
    )
    yield Finding(
        fingerprint="c7730b5f8e19",
        check="cross-footing",
        rule="visits-cross-footing",
        rule_location="rules/library.yml:10",
        message="The row Station of Table 1 adds up to 7,890, but its total is printed as 7,980.",
        exhibits=(_exhibit("total", station), _exhibit("part", adults), _exhibit("part", children)),
        stated=Decimal(7980),
        implied=Decimal(7890),
        difference=Decimal(90),
        suspects=(Suspect(0, Decimal(7890), ("visits-footing", "visits-cross-footing"), Decimal("0.94")),),
        note="Station moved in May; its visits are counted there\n      from June on.",
        **declared,
    )
    loans = next(table for table in now.tables if table.caption.startswith("Table 2"))
    parts = list(loans.figures())
    stated = _named(now, "39,389")[0]
    yield Finding(
        fingerprint="e01a6b3c2f58",
        check="footing",
        source=Source.DISCOVERED,
        verdict=Verdict.VIOLATED,
        severity=Severity.WARNING,
        confidence=0.82,
        message="The column 2024 of Table 2 adds up to 39,389, but its total is printed as 39,398.",
        exhibits=(
            _exhibit("total", parts[-1]),
            *(_exhibit("part", figure) for figure in parts[:-1]),
            _exhibit("also", stated),
        ),
        stated=Decimal(39398),
        implied=Decimal(39389),
        difference=Decimal(9),
        suspects=(Suspect(0, Decimal(39389), ("footing", "tie-out"), Decimal("0.97")),),
    )
    hours = next(table for table in now.tables if table.caption.startswith("Table 3"))
    day, evening, sum_ = hours.figures()
    yield Finding(
        fingerprint="4b8aa0c9d771",
        check="footing",
        rule="staff-footing",
        rule_location="rules/library.yml:21",
        source=Source.DECLARED,
        verdict=Verdict.UNDECIDABLE,
        severity=Severity.NOTE,
        message="The total 4,004 of Table 3 cannot be checked: the figure of Evening is printed as ####.",
        exhibits=(_exhibit("total", sum_), _exhibit("part", day), _exhibit("part", evening)),
    )
    yield Finding(
        fingerprint="b6f2e83d0715",
        check="restatement",
        rule="visits-restated",
        rule_location="rules/editions.yml:5",
        message="The 2024 report gives 44,850 visits for 2023; the 2023 report gave 44,580.",
        exhibits=(_exhibit("stated", year_before), _exhibit("earlier edition", _named(before, "44,580")[0])),
        stated=Decimal(44850),
        implied=Decimal(44580),
        difference=Decimal(270),
        accepted=Acceptance(
            "the counter at the mill was repaired and its count corrected", "A. Librarian", "2025-02-03"
        ),
        **declared,
    )


def build(folder: Path) -> Result:
    """Typeset both reports in ``folder`` and give the result of checking them; paths in it are relative to it."""
    now = _report(folder / "harbour-2024.pdf", "harbour-2024.pdf")
    before = _edition_before(folder / "harbour-2023.pdf", "harbour-2023.pdf")
    findings = tuple(_findings(now, before))
    return replace(
        Result((), findings, holds=9, violated=6, undecidable=1),
        documents=(_checked(now, findings), _checked(before, findings)),
        sources=(Used("cases", ("data/cases.csv",), "", "csv", "duckdb", 1204),),
        warnings=("waivers.yml:7: no finding has the fingerprint 000000000000; remove the waiver",),
    )


def _checked(extract: Extract, findings: tuple[Finding, ...]) -> Checked:
    """Coverage as a run counts it: a figure in no relation is unchecked, one in a violated relation is violated."""
    bad = {e.figure for finding in findings if finding.verdict is Verdict.VIOLATED for e in finding.exhibits}
    lost = {e.figure for finding in findings if finding.verdict is Verdict.UNDECIDABLE for e in finding.exhibits}
    alone = {"37": "no other figure of the report bears on it", "2,236": ""}
    verdicts, reasons = {}, {}
    for figure in extract.figures:
        if figure.text in alone:
            if alone[figure.text]:
                reasons[figure] = alone[figure.text]
        else:
            verdicts[figure] = (
                Verdict.VIOLATED if figure in bad else Verdict.UNDECIDABLE if figure in lost else Verdict.HOLDS
            )
    unused = (
        {"page number": len(extract.numerals), "year": 4}
        if len(extract.numerals) > 1
        else {"page number": 1, "year": 2}
    )
    total = len(extract.figures) + sum(unused.values())
    coverage = Coverage(total, len(verdicts), len(extract.figures) - len(verdicts), unused)
    return Checked(extract, coverage, verdicts, reasons)
