"""Which table `values:append` means: islands of filled cells parted by empty rows and columns."""

from .document import Box, Workbook
from .ranges import Place
from .view import CellView


def islands(filled: set[tuple[int, int]]) -> list[Box]:
    """The boxes of cells that touch, corners included, grown until no two overlap or touch."""
    boxes: list[Box] = []
    left = set(filled)
    while left:
        seed = left.pop()
        group, edge = {seed}, [seed]
        while edge:
            row, column = edge.pop()
            near = {(row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1)} & left
            left -= near
            group |= near
            edge += near
        rows, columns = [r for r, _ in group], [c for _, c in group]
        boxes.append(Box(min(rows), max(rows) + 1, min(columns), max(columns) + 1))
    return _joined(boxes)


def _joined(boxes: list[Box]) -> list[Box]:
    """Boxes that overlap or touch are one table."""
    out: list[Box] = []
    for box in sorted(boxes):
        merged = box
        changed = True
        while changed:
            changed = False
            for other in out:
                if Box(merged.top - 1, merged.bottom + 1, merged.left - 1, merged.right + 1).meets(other):
                    out.remove(other)
                    merged = Box(
                        min(merged.top, other.top),
                        max(merged.bottom, other.bottom),
                        min(merged.left, other.left),
                        max(merged.right, other.right),
                    )
                    changed = True
                    break
        out.append(merged)
    return out


def table_around(workbook: Workbook, place: Place) -> Box | None:
    """The last table that meets the range (in reading order of their first cells), or None."""
    view = CellView(workbook, place.tab)
    filled = {(row, column) for row, column, cell in place.tab.filled(place.tab.whole()) if cell.value is not None}
    filled |= {spot for spot, result in view.results.items() if result is not None}
    found = [box for box in islands(filled) if box.meets(place.box)]
    if not found:
        return None
    return max(found, key=lambda box: (box.top, box.left))
