"""Names of people and the keys made from them, word by word: equal to `administration.people.name_keys`.

A name of letters and single spaces has keys that are those of its words, so that a million names cost no more
than the thousand words they are made of. Every other name is taken whole.
"""

from collections.abc import Callable

import polars as pl

from vandong.administration.people import name_keys
from vandong.intake.checking.cells import Cells, Said, Verdict
from vandong.intake.kinds import KINDS, ListField
from vandong.kernel.names import clean, fold, sort_key, tone_key
from vandong.sheets.encodings import TCVN3, VNI, legacy_font

KEYS = ("full_name", "name_key", "name_fold", "name_back", "sort_key")
LONGEST = 200
"""Characters of a name that the register keeps."""

_LETTER = r"[\p{Latin}&&[\p{Lu}\p{Ll}]]"
_PLAIN = rf"^{_LETTER}(?:{_LETTER}|\p{{Mn}})*(?: {_LETTER}(?:{_LETTER}|\p{{Mn}})*)*$"
_FONTS = {TCVN3: "text_encoding_tcvn3", VNI: "text_encoding_vni"}


def check_names(cells: Cells) -> None:
    """Makes the name and its keys; a row without a name, or with one that is none, is refused."""
    texts = cells.text(ListField.FULL_NAME)
    if not KINDS[cells.kind].is_of_people:
        cells.made |= dict.fromkeys(KEYS, cells.blank())
        return
    cells.say(texts == "", ListField.FULL_NAME, "list_name_missing", grave=True)
    cells.made |= name_columns(texts)
    names = cells.made["full_name"]
    odd = (texts != "") & ~names.str.contains(r"\p{L}")
    cells.say(odd, ListField.FULL_NAME, "list_name_without_letters", grave=True)
    too_long = names.str.len_chars() > LONGEST
    cells.say(too_long, ListField.FULL_NAME, "list_text_too_long", {"limit": LONGEST}, grave=True)
    foreign = names.str.contains(r"[^\x00-\x7f\p{L}]|[\x{00a1}-\x{00bf}]|[äëïöüûîåæøñÿçß]")
    cells.judged(names.set(~foreign, ""), ListField.FULL_NAME, _old_font, pl.String)


def _old_font(name: str) -> Verdict:
    font = legacy_font([name])
    said = (Said(_FONTS[font], {"text": name}, grave=True),) if font else ()
    return Verdict(name, said)


def name_columns(texts: pl.Series) -> dict[str, pl.Series]:
    """The five keys of each text, in the order of the texts; '' for ''."""
    different = texts.unique()
    plain = different.str.contains(_PLAIN).fill_null(False)
    parts = [_of_words(different.filter(plain)), _whole(different.filter(~plain))]
    known = pl.concat(parts)
    found = pl.DataFrame({"text": texts}).join(known, on="text", how="left", maintain_order="left")
    return {key: found[key] for key in KEYS}


def _of_words(names: pl.Series) -> pl.DataFrame:
    lists = names.str.split(" ")
    words = lists.explode(empty_as_null=True).drop_nulls().unique().to_list()
    folds = _listed(lists, words, fold)
    given_first = pl.DataFrame({"list": _listed(lists, words, sort_key)}).select(
        pl.concat_list(
            pl.col("list").list.tail(1), pl.col("list").list.slice(0, pl.col("list").list.len() - 1)
        )
    )
    return pl.DataFrame(
        {
            "text": names,
            "full_name": _listed(lists, words, clean).list.join(" "),
            "name_key": _listed(lists, words, tone_key).list.join(" "),
            "name_fold": folds.list.join(" "),
            "name_back": folds.list.reverse().list.join(" "),
            "sort_key": given_first.to_series().list.join(" "),
        }
    )


def _listed(lists: pl.Series, words: list[str], key: Callable[[str], str]) -> pl.Series:
    """The lists of words with each word replaced by its key."""
    if not words:
        return lists
    made = [key(word) for word in words]
    changed = {word: one for word, one in zip(words, made, strict=True) if word != one}
    if not changed:
        return lists
    replaced = pl.element().replace(list(changed), list(changed.values()))
    return lists.list.eval(replaced)


def _whole(names: pl.Series) -> pl.DataFrame:
    keys = [name_keys(name) for name in names.to_list()]
    columns = {key: pl.Series([getattr(one, key) for one in keys], dtype=pl.String) for key in KEYS}
    return pl.DataFrame({"text": names, **columns})
