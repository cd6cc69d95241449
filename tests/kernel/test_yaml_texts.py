"""YAML that people write is read as they mean it, or refused."""

from datetime import date

import pytest
import yaml

from vandong.kernel.yaml_texts import KeyTwice, read_once


def test_plain_content() -> None:
    text = (
        "number: 2_340_000\nrate: '0.22'\nday: 2026-07-01\nyes_or_no: true\nnothing:\nlist: [1, -2]"
    )
    assert read_once(text) == {
        "number": 2340000,
        "rate": "0.22",
        "day": date(2026, 7, 1),
        "yes_or_no": True,
        "nothing": None,
        "list": [1, -2],
    }


@pytest.mark.parametrize("word", ["on", "off", "yes", "no", "y", "n", "On", "NO"])
def test_small_words_are_words(word: str) -> None:
    assert read_once(f"{{{word}: {word}}}") == {word: word}


@pytest.mark.parametrize("written", ["00070", "0x1F", "1:30", "0b11"])
def test_codes_and_times_are_text(written: str) -> None:
    assert read_once(f"code: {written}") == {"code": written}


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: 1\nb: 2\na: 3", 1), ("a:\n  b: 1\n  b: 2", 2), ("- {x: 1, x: 1}", 1)],
)
def test_a_key_that_stands_twice_is_refused(text: str, line: int) -> None:
    with pytest.raises(KeyTwice, match=f"line {line}: . stands twice"):
        read_once(text)


@pytest.mark.parametrize("text", ["a: [1", "!!python/object:os.system {}", "a: *nowhere"])
def test_what_is_no_plain_yaml_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        read_once(text)
