"""Tables of the places floor."""

from vandong.places.models.succession import Succession
from vandong.places.models.unit import Placement, Tree, Unit, UnitKind
from vandong.places.models.unit_set import UnitSet, UnitSetMember

__all__ = ["Placement", "Succession", "Tree", "Unit", "UnitKind", "UnitSet", "UnitSetMember"]
