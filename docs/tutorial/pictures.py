#!/usr/bin/env python3
"""Draws the pictures of the tutorial as SVG, with Python's own modules.

    pictures.py resources REPORT.json OUT.svg    nextpnr's, in the folder of a build
    pictures.py waves FILE.vcd OUT.svg           what 'simulate --wave' wrote: the streams of one step
"""
import json
import re
import sys
from html import escape

INK, PAPER, FRAME, FILL, ACCENT = "#1f2933", "#ffffff", "#cbd2d9", "#3e7cb1", "#d9822b"


class Drawing:
    """Elements of a picture and its size."""

    def __init__(self, width, height):
        self.width, self.height, self.elements = width, height, []
        self.box(0, 0, width, height, PAPER)

    def box(self, x, y, width, height, fill, stroke="none"):
        self.elements.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"'
            f' stroke="{stroke}"/>')

    def text(self, x, y, words, anchor="start", size=13):
        self.elements.append(
            f'<text x="{x:g}" y="{y:g}" font-family="monospace" font-size="{size}" fill="{INK}"'
            f' text-anchor="{anchor}">{escape(words)}</text>')

    def line(self, points, stroke=INK):
        path = " ".join(f"{x:g},{y:g}" for x, y in points)
        self.elements.append(
            f'<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="1.5"/>')

    def write(self, path):
        with open(path, "w") as file:
            file.write(
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}"'
                f' height="{self.height:g}" viewBox="0 0 {self.width:g} {self.height:g}">\n')
            file.write("\n".join(self.elements) + "\n</svg>\n")


NAMES = {
    "ICESTORM_LC": "logic cells", "ICESTORM_RAM": "block memories", "ICESTORM_DSP": "multipliers",
    "ICESTORM_SPRAM": "single-port memories", "ICESTORM_PLL": "PLLs", "SB_IO": "pins",
    "TRELLIS_COMB": "logic cells", "TRELLIS_FF": "flip-flops", "DP16KD": "block memories",
    "MULT18X18D": "multipliers", "EHXPLLL": "PLLs", "TRELLIS_IO": "pins",
}


def resources(report, path):
    with open(report) as file:
        used = json.load(file)["utilization"]
    rows = [(NAMES[name], used[name]) for name in NAMES if used.get(name, {}).get("used")]
    drawing = Drawing(720, 20 + 30 * len(rows))
    for index, (name, row) in enumerate(rows):
        y = 14 + 30 * index
        part = row["used"] / row["available"]
        drawing.text(170, y + 14, name, "end")
        drawing.box(180, y, 340, 20, PAPER, FRAME)
        drawing.box(180, y, 340 * part, 20, ACCENT if part > 0.9 else FILL)
        drawing.text(
            530, y + 14, f"{row['used']:,} of {row['available']:,}  ({100 * part:.0f} %)")
    drawing.write(path)


SIGNALS = [
    "s_axis_tvalid", "s_axis_tready", "s_axis_tdata", "s_axis_tuser", "s_axis_tlast",
    "m_axis_tvalid", "m_axis_tready", "m_axis_tdata", "m_axis_tlast",
]


def read(path):
    """Values of the top module's signals by rising edge of its clock, from the text of a VCD."""
    names, values, samples, level = {}, {}, [], 0
    with open(path) as file:
        for line in file:
            words = line.split()
            if line.lstrip().startswith("$scope"):
                level += 1
            elif line.lstrip().startswith("$upscope"):
                level -= 1
            elif line.lstrip().startswith("$var") and level == 1:
                names[words[3]] = words[4]
            elif line.lstrip().startswith("$enddefinitions"):
                break
        for line in file:
            change = re.match(r"b([01xz]+) (\S+)|([01xz])(\S+)", line)
            if not change:
                continue
            name = names.get(change[2] or change[4])
            if name == "clk" and change[3] == "1" and values:
                samples.append(dict(values))
            elif name:
                values[name] = change[1] or change[3]
    return samples


def signed(bits):
    number = int(bits, 2)
    return number - (1 << len(bits)) if bits[0] == "1" and len(bits) == 16 else number


def waves(vcd, path):
    samples = read(vcd)

    def beats(port):
        return [
            index for index, sample in enumerate(samples)
            if sample.get(port + "_tvalid") == "1" and sample.get(port + "_tready") == "1"]

    first, last = beats("s_axis")[0], beats("m_axis")[0]
    shown = list(range(first - 3, first + 9)) + [None] + list(range(last - 5, last + 5))
    width, left, top, row = 30, 130, 40, 34
    drawing = Drawing(left + width * len(shown) + 20, top + row * len(SIGNALS) + 10)
    for column, index in enumerate(shown):
        if index is not None and (index - first) % 2 == 0:
            drawing.text(left + width * (column + 0.5), 22, str(index - first), "middle")
    drawing.text(left - 10, 22, "cycle", "end")
    gap = shown.index(None)
    for number, name in enumerate(SIGNALS):
        y = top + row * number
        drawing.text(left - 10, y + 17, name, "end")
        for columns in (range(gap), range(gap + 1, len(shown))):
            if name.endswith("tdata"):
                data(drawing, samples, [shown[c] for c in columns], name, left, columns, width, y)
            else:
                bit(drawing, samples, [shown[c] for c in columns], name, left, columns, width, y)
    x = left + width * (gap + 0.5)
    drawing.text(x, top + row * len(SIGNALS) / 2, "…", "middle")
    drawing.write(path)


def bit(drawing, samples, cycles, name, left, columns, width, y):
    points = []
    for column, cycle in zip(columns, cycles):
        level = y + 4 if samples[cycle].get(name) == "1" else y + 22
        points += [(left + width * column, level), (left + width * (column + 1), level)]
    drawing.line(points)


def data(drawing, samples, cycles, name, left, columns, width, y):
    valid = name.replace("tdata", "tvalid")
    words = [
        samples[cycle][name] if samples[cycle].get(valid) == "1" else None for cycle in cycles]
    start = 0
    for end in range(1, len(words) + 1):
        if end < len(words) and words[end] == words[start]:
            continue
        x, length = left + width * columns[start], width * (end - start)
        if words[start] is None:
            drawing.line([(x, y + 13), (x + length, y + 13)], FRAME)
        else:
            drawing.box(x, y + 2, length, 22, "#e8f0f8", FILL)
            word = str(signed(words[start].rjust(16, "0")))
            drawing.text(x + length / 2, y + 17, word, "middle", size=9)
        start = end


def main(arguments):
    commands = {"resources": resources, "waves": waves}
    if len(arguments) != 3 or arguments[0] not in commands:
        sys.exit(__doc__)
    commands[arguments[0]](*arguments[1:])


main(sys.argv[1:])
