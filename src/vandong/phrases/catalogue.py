"""The catalogue: `texts/<subject>.yaml` holds `code: {vi: "…", en: "…"}` with placeholders `{name:type}`.

Every code stands in one file only, in both languages, with the same typed placeholders; the tests of this
package hold it. A literal brace is written twice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vandong.kernel.yaml_texts import KeyTwice, read_once
from vandong.phrases.forms import FORMS

LANGUAGES = ("vi", "en")

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(?P<name>[a-z_][a-z0-9_]*):(?P<form>[a-z_]+)\}|[{}]")


class UnknownCode(KeyError):
    """No text for this code: a fault of the program, named so that it is found."""

    def __str__(self) -> str:
        return f"no text in phrases/texts for code {self.args[0]!r}"


class FaultyText(ValueError):
    """A text file breaks the rules of the catalogue."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One code in every language, and the type of each of its placeholders."""

    code: str
    texts: Mapping[str, str]
    placeholders: Mapping[str, str]


def sentence(code: str, values: Mapping[str, object], lang: str = "vi") -> str:
    """The sentence of `code` with `values` written as `lang` writes them.

    Raises UnknownCode, KeyError naming a value that is missing, ValueError when a value cannot be written
    in the form its placeholder asks for.
    """
    phrase = catalogue().get(code)
    if phrase is None:
        raise UnknownCode(code)
    return _PLACEHOLDER.sub(lambda found: _filled(found, code, values, lang), phrase.texts[lang])


def _filled(found: re.Match[str], code: str, values: Mapping[str, object], lang: str) -> str:
    name = found["name"]
    if name is None:
        return found.group()[0]
    if name not in values:
        raise KeyError(f"{code}: value {name!r} is missing")
    try:
        return FORMS[found["form"]](values[name], lang)
    except (ValueError, TypeError) as problem:
        raise ValueError(
            f"{code}: {name} cannot be written as {found['form']}: {problem}"
        ) from problem


@cache
def catalogue() -> Mapping[str, Phrase]:
    """Every phrase by its code. Raises FaultyText naming the file and code that break a rule."""
    phrases: dict[str, Phrase] = {}
    for file in sorted(
        files("vandong.phrases").joinpath("texts").iterdir(), key=lambda one: one.name
    ):
        if not file.name.endswith(".yaml"):
            continue
        for phrase in read_texts(file.read_text(encoding="utf-8"), file.name):
            if phrase.code in phrases:
                raise FaultyText(f"{file.name}: {phrase.code} stands in another file too")
            phrases[phrase.code] = phrase
    return phrases


def read_texts(text: str, name: str) -> list[Phrase]:
    """The phrases of one file. Raises FaultyText."""
    try:
        content = read_once(text) or {}
    except KeyTwice as problem:
        raise FaultyText(f"{name}: {problem}") from problem
    if not isinstance(content, dict):
        raise FaultyText(f"{name}: not a list of codes")
    return [_phrase(str(code), texts, name) for code, texts in content.items()]


def _phrase(code: str, texts: object, name: str) -> Phrase:
    if not isinstance(texts, dict) or set(texts) != set(LANGUAGES):
        raise FaultyText(f"{name}: {code} needs exactly the languages {', '.join(LANGUAGES)}")
    placeholders = {
        lang: _placeholders(str(texts[lang]), f"{name}: {code}.{lang}") for lang in LANGUAGES
    }
    if placeholders["vi"] != placeholders["en"]:
        raise FaultyText(f"{name}: {code} has other placeholders in vi than in en")
    return Phrase(code, {lang: str(texts[lang]).strip() for lang in LANGUAGES}, placeholders["vi"])


def _placeholders(text: str, where: str) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for found in _PLACEHOLDER.finditer(text):
        if found["name"] is None:
            if found.group() in "{}":
                raise FaultyText(f"{where}: a brace that opens no typed placeholder")
            continue
        if found["form"] not in FORMS:
            raise FaultyText(f"{where}: unknown type {found['form']!r}")
        if kinds.setdefault(found["name"], found["form"]) != found["form"]:
            raise FaultyText(f"{where}: {found['name']} has two types")
    return kinds
