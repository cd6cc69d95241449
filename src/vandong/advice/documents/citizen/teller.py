"""Sentences, amounts and explanations of one language."""

from dataclasses import dataclass, field

from vandong.advice.citizen.outcome import NotWorkedOut
from vandong.advice.documents.citizen.content import Cited, Row, Section, Why
from vandong.advice.documents.trace import fact_name, step_sentences
from vandong.kernel.findings import Finding
from vandong.law import Fact
from vandong.law.review import Certainty
from vandong.phrases import finding_sentence, sentence
from vandong.phrases.law_words import certainty_words, citation_words, span_words, value_words
from vandong.rules.trace import Trace


@dataclass(frozen=True)
class Teller:
    """Tells codes and values in one language. An explanation that several lines share is told once."""

    lang: str
    _told: dict[int, tuple[Trace, Why]] = field(default_factory=dict)
    _cited: dict[Fact, Cited] = field(default_factory=dict)

    def say(self, code: str, **values: object) -> str:
        """The sentence of a code."""
        return sentence(code, values, self.lang)

    def finding(self, found: Finding) -> str:
        """The sentence of a finding."""
        return finding_sentence(found, self.lang)

    def dong(self, amount: int) -> str:
        """An amount with its unit."""
        return self.say("advice_dong", amount=amount)

    def why(self, trace: Trace) -> Why:
        """How something came about: steps, the law with its certainty, what must be said with it."""
        if id(trace) not in self._told:
            made = Why(
                steps=tuple(dict.fromkeys(step_sentences(trace, self.lang))),
                law=tuple(self.cited(fact) for fact in trace.facts),
                notes=tuple(dict.fromkeys(map(self.finding, trace.notes))),
            )
            self._told[id(trace)] = trace, made
        return self._told[id(trace)][1]

    def cited(self, fact: Fact) -> Cited:
        """A value of the law."""
        if fact not in self._cited:
            self._cited[fact] = self._citing(fact)
        return self._cited[fact]

    def _citing(self, fact: Fact) -> Cited:
        verified = fact.confidence.is_verified
        word = Certainty.VERIFIED if verified else Certainty.UNVERIFIED
        return Cited(
            name=fact_name(fact, self.lang),
            value=value_words(fact.value, fact.unit, self.lang),
            source=citation_words(fact.citation, self.lang),
            span=span_words(fact.valid_from, fact.valid_until, self.lang),
            certainty=certainty_words(word, self.lang),
            is_verified=verified,
        )

    def row(
        self,
        code: str,
        amount: int,
        trace: Trace | None = None,
        *,
        note: str = "",
        tone: str = "",
        rests_on_doubt: bool | None = None,
        **values: object,
    ) -> Row:
        """A line with an amount of đồng; its label is the sentence `advice_row_<code>`."""
        text = self.say("advice_minus", amount=amount) if tone == "minus" else self.dong(amount)
        why = None if trace is None else self.why(trace)
        label = self.say(f"advice_row_{code}", **values)
        return Row(code, label, amount, text, note, tone, why, rests_on_doubt)

    def fact_row(
        self,
        code: str,
        text: str,
        trace: Trace | None = None,
        *,
        note: str = "",
        **values: object,
    ) -> Row:
        """A line whose value is words."""
        why = None if trace is None else self.why(trace)
        return Row(code, self.say(f"advice_row_{code}", **values), None, text, note, "", why)

    def refused(self, code: str, found: NotWorkedOut) -> Section:
        """A section that cannot be worked out: why, and what to do."""
        return Section(code, self.title(code), refusal=self.refusal(found))

    def refusal(self, found: NotWorkedOut) -> str:
        """Why something cannot be worked out, beginning with the word of certainty, once."""
        word, said = self.say("certainty_unknown"), self.finding(found.finding)
        return said if said.startswith(word) else f"{word}. {said}"

    def title(self, code: str) -> str:
        """The head of a section."""
        return self.say(f"advice_title_{code}")
