"""Reads a figures file onto its stages and collects every problem with its row and column."""

from collections.abc import Mapping
from datetime import date

from vandong.accounts.queries.scope import Actor, Right
from vandong.kernel.findings import Finding, Severity, Spot
from vandong.planning.figure_files.lines import FigureSource, Line, Remark
from vandong.planning.figure_files.parsing import Figure, LineParser
from vandong.planning.figure_files.recurring import RecurringLines
from vandong.planning.figure_files.stages import (
    OBSERVATIONS,
    PRINTED,
    STAGES,
    staged_observation,
    staged_percentage,
)
from vandong.planning.file_heads import Fault
from vandong.planning.file_subjects import OrganisationFinder, UnitFinder
from vandong.planning.file_words import CHANGES
from vandong.planning.import_results import Advance
from vandong.planning.staged_tables import (
    COPY_STEP,
    StagedTable,
    copy_lines,
    drop_lines,
    make_stage,
    repeated_lines,
)
from vandong.sheets import SheetProblem

SAYING_EVERY = 2_000


class FigureCheck:
    """One reading of one file. After `run`: the stages hold the good lines, `problems` all that is wrong."""

    def __init__(
        self,
        actor: Actor,
        source: FigureSource,
        *,
        today: date,
        may_create_units: bool,
        advance: Advance,
    ) -> None:
        self.source = source
        self.units = UnitFinder(actor, Right.IMPORT_FIGURES, may_create=may_create_units)
        self.problems: list[Finding] = []
        self.notes: list[Finding] = list(source.notes)
        self.row_count = 0
        self._organisations = OrganisationFinder(actor, Right.IMPORT_FIGURES)
        self._parser = LineParser()
        self._recurring = RecurringLines()
        self._today = today
        self._advance = advance
        self._ahead: date | None = None
        self._waiting: dict[str, list[str]] = {stage.name: [] for stage in STAGES}

    def run(self) -> None:
        """Reads the whole file. Whatever `advance` raises to stop is let through."""
        for stage in STAGES:
            make_stage(stage)
        self.problems.extend(self.source.problems)
        if self.source.problems:
            return
        try:
            self._read()
        except SheetProblem as problem:
            self.problems.append(problem.finding())
        self._flush()
        if self.row_count == 0 and not self.problems:
            self.problems.append(Finding("no_lines", {}, severity=Severity.ERROR))
        for stage in STAGES:
            self._refuse_repeated(stage)
        self.problems.sort(key=_by_row)

    def _read(self) -> None:
        for item in self.source.lines():
            if isinstance(item, Remark):
                self._take_remark(item)
                continue
            self.row_count += 1
            quick = self._recurring.staged(self.row_count, item)
            if quick is not None:
                self._waiting[OBSERVATIONS.name].append(quick)
            else:
                self._take(item)
            if self.row_count % SAYING_EVERY == 0:
                self._advance(self.row_count, None, "import_reading")
            if self.row_count % COPY_STEP == 0:
                self._flush()

    def _take_remark(self, remark: Remark) -> None:
        self.problems.extend(remark.problems)
        self.notes.extend(remark.notes)
        if remark.problems:
            self.row_count += 1

    def _take(self, line: Line) -> None:
        figure, faults = self._parser.figure(line)
        day = figure.as_of if figure else self._parser.day(line.as_of)
        unit_id = 0
        if isinstance(day, date):
            unit_id = self.units.find(line.unit, day, line.parent, line.kind, faults)
            self._look_ahead(day, line)
        elif not line.unit:
            faults.append(("unit", "unit_missing", {}))
        organisation_id = None
        if line.organisation:
            organisation_id = self._organisations.find(line.organisation, faults)
            if figure and figure.decimals is not None:
                faults.append(("organisation", "not_for_percent", {"text": line.organisation}))
        if faults:
            self.problems.extend(self._finding(line, fault) for fault in faults)
        elif figure:
            self._stage(line, unit_id, organisation_id, figure)

    def _look_ahead(self, day: date, line: Line) -> None:
        """A day that is still to come is allowed, and told once."""
        if day > self._today and self._ahead is None:
            self._ahead = day
            values = {"on": day, "today": self._today}
            self.notes.append(Finding("day_ahead", values, self._spot(line, "as_of")))

    def _stage(self, line: Line, unit_id: int, organisation_id: int | None, figure: Figure) -> None:
        number = self.row_count
        if figure.decimals is None:
            text = staged_observation(number, line.row, unit_id, organisation_id, figure)
            self._waiting[OBSERVATIONS.name].append(text)
            if figure.measure not in CHANGES:
                eras = (self.units.era(figure.as_of), self.units.era(figure.period_from))
                self._recurring.remember(line, figure, (unit_id, organisation_id), eras)
        else:
            text = staged_percentage(number, line.row, unit_id, figure)
            self._waiting[PRINTED.name].append(text)

    def _flush(self) -> None:
        for stage in STAGES:
            copy_lines(stage, self._waiting[stage.name])
            self._waiting[stage.name] = []

    def _refuse_repeated(self, stage: StagedTable) -> None:
        """The same figure twice is taken once; two figures for one thing are both refused."""
        refused: list[int] = []
        for repeated in repeated_lines(stage):
            first, *later = repeated.rows
            code = "duplicate_row" if repeated.is_same else "conflicting_row"
            self.problems.extend(_row_problem(code, row, first) for row in later)
            if repeated.is_same:
                refused.extend(repeated.lines[1:])
            else:
                self.problems.append(_row_problem(code, first, later[0]))
                refused.extend(repeated.lines)
        drop_lines(stage, refused)

    def _finding(self, line: Line, fault: Fault) -> Finding:
        field, code, values = fault
        return Finding(code, values, self._spot(line, field), Severity.ERROR)

    def _spot(self, line: Line, field: str) -> Spot:
        labels: Mapping[str, str] = self.source.labels
        label = (
            line.value_label if field == "value" and line.value_label else labels.get(field, field)
        )
        return Spot(row=line.row, column=label)


def _row_problem(code: str, row: int, other: int) -> Finding:
    return Finding(code, {"other": other}, Spot(row=row), Severity.ERROR)


def _by_row(finding: Finding) -> int:
    return finding.spot.row or 0 if finding.spot else 0
