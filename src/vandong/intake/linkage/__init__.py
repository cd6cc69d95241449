"""Rows without numbers linked to people by what else they tell: name, birth, sex, commune, cluster, telephone.

Fellegi and Sunter's weights, worked out by splink on DuckDB, or on Spark for a nation's lists (`backends`).
Pure: frames in, a frame out; `intake.linking` brings them from the register. Explained in
`docs/explanation/linkage.md`.
"""

from vandong.intake.linkage.assigning import LINKED, Thresholds, Zone
from vandong.intake.linkage.ground import TOLD, Ground, gathered
from vandong.intake.linkage.linking import linked

__all__ = ["LINKED", "TOLD", "Ground", "Thresholds", "Zone", "gathered", "linked"]
