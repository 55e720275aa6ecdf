"""Charts as SVG, drawn from a run's numbers."""

from __future__ import annotations

import math
from html import escape

_WIDTH, _HEIGHT = 720, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 150, 44, 48
_COLOURS = ("#1a73e8", "#d93025", "#188038", "#9334e6")

Series = dict[str, list[tuple[float, float]]]


def line_chart(title: str, axes: tuple[str, str], series: Series) -> str:
    """Points (x, y) of each series; x by its logarithm, y from nought."""
    places = [x for points in series.values() for x, _ in points]
    least, most = math.log10(min(places)), math.log10(max(places))
    top = max(y for points in series.values() for _, y in points)

    def at(x: float, y: float) -> tuple[float, float]:
        share = (math.log10(x) - least) / (most - least or 1)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT), _height_of(y / top)

    drawn = [*_frame(title, axes, top)]
    for x in sorted(set(places)):
        drawn.append(_text(at(x, 0)[0], _HEIGHT - _BOTTOM + 18, _short(x), "middle"))
    ends = _spread([at(*points[-1])[1] for points in series.values()])
    for (name, points), colour, end in zip(series.items(), _COLOURS, ends, strict=False):
        corners = [at(*point) for point in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in corners]
        drawn.append(_text(corners[-1][0] + 8, end + 4, name, "start", colour))
    return _svg(drawn)


def bar_chart(title: str, unit: str, series: dict[str, list[float]]) -> str:
    """A group of bars for each series."""
    top = max((value for values in series.values() for value in values), default=1.0)
    number = sum(len(values) + 1 for values in series.values())
    step = (_WIDTH - _LEFT - 24) / number
    drawn, place = [*_frame(title, ("", unit), top)], 0.5
    for (name, values), colour in zip(series.items(), _COLOURS, strict=False):
        first = _LEFT + place * step
        for value in values:
            x, y = _LEFT + place * step, _height_of(value / top)
            height = _HEIGHT - _BOTTOM - y
            drawn.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{step * 0.8:.1f}" height="{height:.1f}" fill="{colour}"/>'
            )
            place += 1
        drawn.append(_text((first + _LEFT + place * step) / 2, _HEIGHT - _BOTTOM + 18, name, "middle", colour))
        place += 1
    return _svg(drawn)


def _frame(title: str, axes: tuple[str, str], top: float) -> list[str]:
    right, bottom = _WIDTH - 16, _HEIGHT - _BOTTOM
    lines = [_text(_LEFT, 22, title, "start", size=14), _text(8, 38, axes[1], "start")]
    lines.append(_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 10, axes[0], "middle"))
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = _height_of(share)
        lines.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#dadce0"/>')
        lines.append(_text(_LEFT - 8, y + 4, _short(float(f"{share * top:.2g}")), "end"))
    lines.append(f'<line x1="{_LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}" stroke="#5f6368"/>')
    return lines


def _height_of(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _spread(heights: list[float], least: float = 16) -> list[float]:
    """So that labels don't cover each other."""
    placed: dict[int, float] = {}
    last = -math.inf
    for index in sorted(range(len(heights)), key=lambda one: heights[one]):
        last = max(heights[index], last + least)
        placed[index] = last
    return [placed[index] for index in range(len(heights))]


def _short(number: float) -> str:
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if number >= size:
            return f"{number / size:g} {unit}"
    return f"{number:g}"


def _text(x: float, y: float, words: str, anchor: str, colour: str = "#3c4043", size: int = 12) -> str:
    style = f'text-anchor="{anchor}" fill="{colour}" font-size="{size}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def _svg(drawn: list[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif">'
    )
    return "\n".join([head, f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>', *drawn, "</svg>"]) + "\n"
