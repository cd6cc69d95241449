"""Codes and values to Vietnamese and English sentences. Pure; the texts are YAML files in `texts`."""

from vandong.phrases.catalogue import UnknownCode, sentence
from vandong.phrases.places import finding_sentence

__all__ = ["UnknownCode", "finding_sentence", "sentence"]
