"""A wrong answer drawn: yours, expected, the difference, and the window it is computed from.

Small inline SVGs without script, style sheet or font of their own. Text and lines have the page's
text colour and fills are translucent, so that the picture reads in a light and in a dark theme.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

import torch

from autograder.outcome import Evidence
from autograder.testing.compare import number

WRONG, WINDOW = "#e5534b", "#4a90d9"
MOST_ROWS, MOST_COLUMNS = 8, 10
ROW_HEIGHT, CHAR_WIDTH, LABEL, MARGIN = 24, 7.3, 20, 2
FONT = "ui-monospace,SFMono-Regular,Consolas,'DejaVu Sans Mono',monospace"


@dataclass(frozen=True)
class Place:
    """One number of a grid, and how it is drawn."""

    text: str
    fill: str = "none"
    opacity: float = 1.0
    faint: bool = False
    marked: str | None = None


@dataclass(frozen=True)
class Grid:
    """One panel: its title, its numbers, and its first row's and column's index, if it has one."""

    title: str
    rows: tuple[tuple[Place, ...], ...]
    top: int | None = 0
    left: int | None = 0

    @property
    def width(self) -> int:
        """Of a place, in pixels."""
        longest = max(len(place.text) for row in self.rows for place in row)
        return max(ROW_HEIGHT + 6, round(longest * CHAR_WIDTH + 12))


def picture(evidence: Evidence) -> str:
    """The panels of a wrong answer as HTML with one SVG each; empty where nothing can be drawn."""
    grids = _same_shape(evidence) if evidence.wrong is not None else _two_shapes(evidence)
    grids = [grid for grid in grids if grid.rows]
    width = max((grid.width for grid in grids), default=0)
    panels = "".join(_panel(grid, width) for grid in grids)
    style = "display:flex;flex-wrap:wrap;gap:14px 26px;align-items:flex-start;margin:10px 0"
    return f'<div style="{style}">{panels}</div>' if panels else ""


# --- what is drawn -------------------------------------------------------------------------------


def _same_shape(evidence: Evidence) -> list[Grid]:
    index = evidence.first
    assert index is not None and evidence.wrong is not None
    got, expected, wrong = (
        _plane(t, index) for t in (evidence.got, evidence.expected, evidence.wrong)
    )
    row, column = (0, 0, *index)[-2:]
    rows = _span(got.shape[0], row, MOST_ROWS)
    columns = _span(got.shape[1], column, MOST_COLUMNS)
    difference = got - expected
    largest = float(difference.nan_to_num(0, 0, 0).abs().max()) or 1.0

    def grid(title: str, place: object) -> Grid:
        cells = tuple(tuple(place(r, c) for c in columns) for r in rows)  # type: ignore[operator]  # one of the three below
        top = rows.start if len(index) > 1 else None
        return Grid(title, cells, top, columns.start if index else None)

    def yours(r: int, c: int) -> Place:
        bad = bool(wrong[r, c])
        mark = WRONG if (r, c) == (row, column) else None
        return Place(number(got[r, c]), WRONG if bad else "none", 0.22, marked=mark)

    def right(r: int, c: int) -> Place:
        mark = WRONG if (r, c) == (row, column) else None
        return Place(number(expected[r, c]), marked=mark)

    def off(r: int, c: int) -> Place:
        if not wrong[r, c]:
            return Place("0", faint=True)
        value = float(difference[r, c])
        share = min(1.0, abs(value) / largest) if math.isfinite(value) else 1.0
        mark = WRONG if (r, c) == (row, column) else None
        sign = "+" if value > 0 else ""
        return Place(sign + number(value), WRONG, 0.12 + 0.4 * share, marked=mark)

    where = _slice_name(index)
    grids = [grid(f"yours{where}", yours), grid("expected", right), grid("difference", off)]
    if evidence.window is not None:
        grids.append(_plain(_window_title(index), evidence.window, WINDOW))
    return grids


def _two_shapes(evidence: Evidence) -> list[Grid]:
    return [
        _plain(f"{name}: {_shape(tensor)}", tensor)
        for name, tensor in (("yours", evidence.got), ("expected", evidence.expected))
    ]


def _plain(title: str, tensor: torch.Tensor, fill: str = "none") -> Grid:
    if not tensor.numel():
        return Grid(title, ())
    plane = _plane(tensor.detach(), (0,) * tensor.dim())
    rows = plane[:MOST_ROWS, :MOST_COLUMNS]
    places = tuple(tuple(Place(number(v), fill, 0.18) for v in row) for row in rows)
    return Grid(title, places, 0 if tensor.dim() > 1 else None, 0 if tensor.dim() else None)


def _plane(tensor: torch.Tensor, index: tuple[int, ...]) -> torch.Tensor:
    """The last two dimensions around an index, as a matrix."""
    tensor = tensor.detach().double() if tensor.dtype is not torch.bool else tensor
    if tensor.dim() > 2:
        return tensor[index[:-2]]
    return tensor.reshape((1, -1)) if tensor.dim() < 2 else tensor


def _span(size: int, around: int, most: int) -> range:
    start = max(0, min(around - most // 2, size - most))
    return range(start, min(size, start + most))


def _shape(tensor: torch.Tensor) -> str:
    return " × ".join(map(str, tensor.shape)) or "one number"


def _slice_name(index: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, index[:-2]))}]" if len(index) > 2 else ""


def _window_title(index: tuple[int, ...]) -> str:
    return f"window of [{', '.join(map(str, index))}]"


# --- SVG -----------------------------------------------------------------------------------------


def _panel(grid: Grid, width: int) -> str:
    columns = len(grid.rows[0])
    full_width = LABEL + width * columns + MARGIN
    full_height = LABEL + ROW_HEIGHT * len(grid.rows) + MARGIN
    parts = []
    if grid.left is not None:
        parts += [_label(LABEL + width * (c + 0.5), 14, grid.left + c) for c in range(columns)]
    if grid.top is not None:
        middle = LABEL + ROW_HEIGHT / 2 + 4
        parts += [_label(9, middle + ROW_HEIGHT * r, grid.top + r) for r in range(len(grid.rows))]
    places = [
        (LABEL + width * c, LABEL + ROW_HEIGHT * r, place)
        for r, row in enumerate(grid.rows)
        for c, place in enumerate(row)
    ]
    parts += [_place(x, y, width, place) for x, y, place in places]
    parts += [_mark(x, y, width, place.marked) for x, y, place in places if place.marked]
    title = escape(grid.title)
    return (
        '<div style="max-width:100%;overflow-x:auto">'
        f'<div style="font-size:12px;opacity:.75;padding-left:{LABEL}px">{title}</div>'
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" '
        f'width="{full_width:g}" height="{full_height:g}" '
        f'viewBox="0 0 {full_width:g} {full_height:g}" '
        f'style="display:block;color:inherit;font:12px {FONT}" fill="currentColor" '
        f'text-anchor="middle">{"".join(parts)}</svg></div>'
    )


def _label(x: float, y: float, index: int) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="10" opacity=".55">{index}</text>'


def _place(x: float, y: float, width: float, place: Place) -> str:
    box = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{ROW_HEIGHT}"'
    fill = (
        ""
        if place.fill == "none"
        else f'<rect {box} fill="{place.fill}" fill-opacity="{place.opacity:.2f}"/>'
    )
    faint = ' opacity=".4"' if place.faint else ""
    return (
        f'{fill}<rect {box} fill="none" stroke="currentColor" stroke-opacity=".3"/>'
        f'<text x="{x + width / 2:g}" y="{y + ROW_HEIGHT / 2 + 4:g}"{faint}>'
        f"{escape(place.text)}</text>"
    )


def _mark(x: float, y: float, width: float, colour: str) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{ROW_HEIGHT}" '
        f'fill="none" stroke="{colour}" stroke-width="2.5"/>'
    )
