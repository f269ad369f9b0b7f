"""Which language a text is in."""

from __future__ import annotations

import pytest
from babel.core import Locale

from validator import languages
from validator.languages.build import excusing
from validator.model.errors import UsageError
from validator.model.language import EXCUSES


@pytest.mark.parametrize("text", ["", "12 34 56", "Precinct S N SE NE Cello B C"])
def test_too_little_evidence_is_english(text: str) -> None:
    assert languages.detect(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Det er en stigning, og de fleste er ikke fra Danmark.", "da"),
        ("Det var ikke før nå at økningen ble så stor, mener de.", "no"),
        ("Skolen har 940 elever, og 564 av dem er jenter. Hver lærer har i gjennomsnitt 23 elever.", "no"),
        ("Det är inte bara en ökning som är stor.", "sv"),
        ("La hausse est plus forte dans les villes que dans les campagnes.", "fr"),
        ("O aumento não foi tão grande como em outras cidades dos países.", "pt"),
    ],
)
def test_one_sentence_is_enough(text: str, code: str) -> None:
    assert languages.detect(text) == code


def test_an_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"unknown language 'xx': choose one of da, de, en"):
        languages.load("xx")


@pytest.mark.parametrize("code", languages.available())
def test_separators_are_those_of_the_locale(code: str) -> None:
    language = languages.load(code)
    symbols = Locale.parse(language.locale).number_symbols["latn"]
    assert (language.group, language.decimal) == (symbols["group"], symbols["decimal"])


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ("Antal Mænd Kvinder Andel Tilfælde", "da"),
        ("Anzahl Männer Frauen Insgesamt Veränderung", "de"),
        ("Número Hombres Mujeres Edad Variación", "es"),
        ("Nombre Hommes Femmes Ensemble Évolution", "fr"),
        ("Aantal Mannen Vrouwen Leeftijd Verandering", "nl"),
        ("Antall Menn Kvinner Endring Fylke", "no"),
        ("Número Homens Mulheres Idade Variação", "pt"),
        ("Antal Män Kvinnor Andel Förändring", "sv"),
        ("Number Men Women Share Change El Paso La Rioja", "en"),
    ],
)
def test_the_labels_of_a_table_tell_a_language(labels: str, code: str) -> None:
    assert languages.detect(labels) == code


def test_every_phrase_that_can_only_excuse_is_heard_in_every_language() -> None:
    files = {code: languages._parsed(languages._text(code))["claims"] for code in languages.available()}
    excuses = {code: {key: given for key, given in lists.items() if key in EXCUSES} for code, lists in files.items()}
    whole = excusing(excuses)
    assert whole.phrases == languages._excuses().phrases  # of which only these parts of the files are parsed
    assert all(excuses.values())
