"""Rows of values as text, as Markdown or as JSON."""

import json


class Table:
    """A table whose columns are named once; a cell is text, a number or None."""

    def __init__(self, columns):
        #: Key, head and way of printing for every column.
        self._columns = columns
        self.rows = []

    def add(self, **cells):
        missing = [key for key, _, _ in self._columns if key not in cells]
        assert not missing, f"no cell for {missing}"
        self.rows.append(cells)

    def json(self, **more):
        return json.dumps({**more, "rows": self.rows}, indent=1)

    def text(self):
        lines = self._lines()
        return "\n".join("  ".join(line).rstrip() for line in self._aligned(lines))

    def markdown(self):
        aligned = self._aligned(self._lines())
        rule = [
            "-" * len(cell) if self._is_left(index) else "-" * (len(cell) - 1) + ":"
            for index, cell in enumerate(aligned[0])
        ]
        lines = [aligned[0], rule, *aligned[1:]]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)

    def _lines(self):
        head = [head for _, head, _ in self._columns]
        body = [
            ["-" if row[key] is None else form(row[key]) for key, _, form in self._columns]
            for row in self.rows
        ]
        return [head, *body]

    def _is_left(self, column):
        return self._columns[column][2] is str

    def _aligned(self, lines):
        widths = [max(2, *(len(line[column]) for line in lines)) for column in range(len(lines[0]))]
        return [
            [
                cell.ljust(width) if self._is_left(column) else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(line, widths))
            ]
            for line in lines
        ]


def count(value):
    return f"{value:,}"


def fixed(digits):
    """A way of printing with so many digits behind the point."""
    return lambda value: f"{value:.{digits}f}"


def percent(value):
    return f"{value * 100:.1f} %"
