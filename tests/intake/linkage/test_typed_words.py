"""Words typed with Telex or VNI and left so are read; words that are words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.intake.linkage.spelling import is_syllable, read_word, word_keys
from vandong.intake.made_up.names import name_stock
from vandong.intake.made_up.spellings import telex, vni
from vandong.kernel.names import fold, tone_key

WORDS = sorted(word for word in name_stock().words if word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguyeenx", "nguyễn"),
        ("NGUYEENX", "nguyễn"),
        ("Traanf", "trần"),
        ("Traafn", "trần"),
        ("DDoox", "đỗ"),
        ("Dduwowng", "đương"),
        ("Huowngf", "hường"),
        ("nguye6n4", "nguyễn"),
        ("Nguyen64", "nguyễn"),
        ("D9o64", "đỗ"),
        ("Phuong7", "phương"),
        ("Ha2", "hà"),
    ],
)
def test_what_keys_left_behind_is_read(typed: str, meant: str) -> None:
    assert word_keys(typed) == (tone_key(meant), fold(meant))


@pytest.mark.parametrize("word", ["Hòa", "Oanh", "Nghiêm", "Lưu", "Ksor", "Blăm", "H'Mông", "John"])
def test_words_and_foreign_names_stay(word: str) -> None:
    assert read_word(word) == word.lower()


@given(st.sampled_from(WORDS))
def test_every_word_of_names_survives_both_keyboards(word: str) -> None:
    assert is_syllable(fold(word))
    assert word_keys(word) == word_keys(telex(word)) == word_keys(vni(word))
