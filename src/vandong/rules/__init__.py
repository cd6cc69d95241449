"""Calculators over the law: pure functions of facts about people, a day and a law book.

Each returns its result with a trace: the steps as codes and values, and the facts of the law they used.
Sums are exact and rounded once, half up, to whole đồng.
"""
