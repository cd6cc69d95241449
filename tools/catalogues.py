"""Collects what templates and code mark for translation, keeps the English, writes and compiles catalogues.

`python tools/catalogues.py` (needs no gettext of the system). Msgids are Vietnamese; `en` carries their
English, `vi` repeats them. It names what has no English yet; the tests of the catalogues fail for it.
"""

import io
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[1] / "src" / "vandong"
LOCALE = SOURCE / "ui" / "locale"
LANGUAGES = ("en", "vi")
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
_NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""The files carry no day of their making: the same texts make the same files."""


def path_of(lang: str, ending: str = "po") -> Path:
    """The catalogue of a language: `po`, or `mo` compiled."""
    return LOCALE / lang / "LC_MESSAGES" / f"django.{ending}"


def collected() -> Catalog:
    """Every marked text of templates and code, with the files it stands in."""
    found = Catalog()
    for file in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html")]):
        if "migrations" in file.parts:
            continue
        place = file.relative_to(SOURCE.parent).as_posix()
        for msgid, context in _marked(file):
            found.add(msgid, locations=[(place, 0)], context=context)
    for place, label in _choice_labels():
        found.add(label, locations=[(place, 0)])
    return found


def merged(lang: str) -> Catalog:
    """What is marked now, with the translations there are. What is no longer marked is left out."""
    known = stored(lang)
    made = _empty(lang)
    for message in collected():
        if not message.id:
            continue
        before = known.get(message.id, message.context)
        made.add(
            message.id,
            _translation(lang, message, before),
            locations=sorted(set(message.locations)),
            context=message.context,
        )
    return made


def stored(lang: str) -> Catalog:
    """The catalogue as it lies in the tree; empty when there is none."""
    path = path_of(lang)
    if not path.exists():
        return _empty(lang)
    with path.open("rb") as file:
        return read_po(file, locale=lang)


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as text, always the same for the same texts."""
    target = io.BytesIO()
    write_po(target, catalog, width=110, sort_output=True, include_lineno=False)
    return target.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalogue compiled."""
    target = io.BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def untranslated(catalog: Catalog) -> list[Message]:
    """What has no translation, or one part of a plural without."""
    return [one for one in catalog if one.id and not all(_parts(one.string))]


def placeholder_faults(catalog: Catalog) -> list[Message]:
    """Translations that do not carry exactly the placeholders of their msgid."""
    faulty = []
    for message in catalog:
        wanted = _placeholders(_parts(message.id)[-1])
        said = [text for text in _parts(message.string) if text]
        if message.id and any(_placeholders(text) != wanted for text in said):
            faulty.append(message)
    return faulty


def _marked(file: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    from django.utils.translation.template import templatize  # noqa: PLC0415 after Django is set up

    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        # What is not marked comes out as X in the old places: its indentation means nothing.
        text = re.sub(r"^[ \t]+", "", templatize(text, origin=str(file)), flags=re.MULTILINE)
    for _line, msgid, _comments, context in extract(
        "python", io.BytesIO(text.encode()), keywords=_KEYWORDS
    ):
        yield msgid, context


def _choice_labels() -> Iterator[tuple[str, str]]:
    """Labels of choices of records: the pages translate them as they show them."""
    from django.apps import apps  # noqa: PLC0415 after Django is set up

    for model in sorted(apps.get_models(), key=lambda one: one.__module__ + one.__name__):
        if not model.__module__.startswith("vandong."):
            continue
        place = model.__module__.replace(".", "/") + ".py"
        for field in model._meta.get_fields():
            for _value, label in getattr(field, "flatchoices", ()) or ():
                yield place, str(label)


def _translation(
    lang: str, message: Message, before: Message | None
) -> str | tuple[str, ...] | None:
    if lang == "vi":
        return _parts(message.id)[-1:] if message.pluralizable else message.id
    return before.string if before is not None else None


def _empty(lang: str) -> Catalog:
    return Catalog(
        locale=lang,
        project="vandong",
        header_comment="# Catalogue of the site. Collected by tools/catalogues.py; msgids are Vietnamese.",
        creation_date=_NO_DAY,
        revision_date=_NO_DAY,
        last_translator="Vận Động",
        language_team="Vận Động",
        msgid_bugs_address="-",
        fuzzy=False,
    )


def _parts(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    if text is None or isinstance(text, str):
        return (text or "",)
    return tuple(text)


def _placeholders(text: str) -> list[str]:
    return sorted(set(_PLACEHOLDER.findall(text)))


def write_all() -> int:
    """Writes and compiles both catalogues; how many texts have no English."""
    for lang in LANGUAGES:
        catalog = merged(lang)
        path_of(lang).parent.mkdir(parents=True, exist_ok=True)
        path_of(lang).write_bytes(po_bytes(catalog))
        path_of(lang, "mo").write_bytes(mo_bytes(catalog))
    missing = untranslated(merged("en"))
    for message in missing:
        sys.stderr.write(f"no English: {message.id!r}\n")
    return len(missing)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vandong.config.settings")
    django.setup()
    sys.exit(1 if write_all() else 0)
