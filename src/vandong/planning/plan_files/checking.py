"""Reads a plans file and collects every problem with its row and column."""

from vandong.accounts.queries.scope import Actor, Right
from vandong.kernel.findings import Finding, Severity, Spot
from vandong.planning.figure_files.lines import Remark
from vandong.planning.file_heads import Fault
from vandong.planning.file_subjects import UnitFinder
from vandong.planning.import_results import Advance
from vandong.planning.plan_files.lines import PlanFile, PlanLine
from vandong.planning.plan_files.parsing import PlanKey, WantedTarget, wanted_target
from vandong.sheets import SheetProblem

SAYING_EVERY = 500


class PlanCheck:
    """One reading of one file. After `run`: `wanted` are the good lines, `problems` all that is wrong."""

    def __init__(self, actor: Actor, file: PlanFile, advance: Advance) -> None:
        self.file = file
        self.wanted: list[tuple[WantedTarget, int]] = []
        self.problems: list[Finding] = []
        self.notes: list[Finding] = list(file.layout.notes)
        self.row_count = 0
        self._units = UnitFinder(actor, Right.EDIT_PLANS)
        self._advance = advance

    def run(self) -> None:
        """Reads the whole file."""
        self.problems.extend(self.file.layout.problems)
        if self.problems:
            return
        try:
            for item in self.file.lines():
                self._take_item(item)
        except SheetProblem as problem:
            self.problems.append(problem.finding())
        if self.row_count == 0 and not self.problems:
            self.problems.append(Finding("no_lines", {}, severity=Severity.ERROR))
        self._refuse_repeated()
        self.problems.sort(key=lambda one: (one.spot.row or 0) if one.spot else 0)

    def _take_item(self, item: PlanLine | Remark) -> None:
        if isinstance(item, Remark):
            self.problems.extend(item.problems)
            self.notes.extend(item.notes)
            self.row_count += bool(item.problems)
            return
        self.row_count += 1
        if self.row_count % SAYING_EVERY == 0:
            self._advance(self.row_count, None, "import_reading")
        target, faults = wanted_target(item)
        if target is None:
            if not item.unit:
                faults.append(("unit", "unit_missing", {}))
        else:
            unit_id = self._unit(item, target.key, faults)
            if not faults:
                self.wanted.append((target, unit_id))
        self.problems.extend(self._finding(item.row, fault) for fault in faults)

    def _unit(self, line: PlanLine, key: PlanKey, faults: list[Fault]) -> int:
        """The unit of the plan's first day; one that began later is known from its deadline."""
        first: list[Fault] = []
        found = self._units.find(line.unit, key.period_from, line.parent, "", first)
        if not found:
            found = self._units.find(line.unit, key.deadline, line.parent, "", [])
        if not found:
            faults.extend(first)
        return found

    def _refuse_repeated(self) -> None:
        """The same target twice is taken once; two values for one target are both refused."""
        by_place: dict[tuple[PlanKey, int], list[WantedTarget]] = {}
        for target, unit_id in self.wanted:
            by_place.setdefault((target.key, unit_id), []).append(target)
        refused: set[int] = set()
        for first, *later in by_place.values():
            for other in later:
                is_same = (other.value, other.exactness) == (first.value, first.exactness)
                code = "duplicate_row" if is_same else "conflicting_row"
                self.problems.append(_repeated(code, other.row, first.row))
                refused.add(other.row)
                if not is_same and first.row not in refused:
                    self.problems.append(_repeated(code, first.row, other.row))
                    refused.add(first.row)
        self.wanted = [one for one in self.wanted if one[0].row not in refused]

    def _finding(self, row: int, fault: Fault) -> Finding:
        field, code, values = fault
        return Finding(code, values, Spot(row, self.file.layout.label(field)), Severity.ERROR)


def _repeated(code: str, row: int, other: int) -> Finding:
    return Finding(code, {"other": other}, Spot(row=row), Severity.ERROR)
