"""The compiler's model of size and clock rate, fitted to samples, as Swift."""

import re
import statistics

from . import least_squares

PATH = "Sources/Compilation/Prediction/FittedModels.swift"

#: Products of measures that may contribute to a size.
_TERMS = [
    (),
    ("VALUE_BITS",),
    ("PC_BITS",),
    ("SLOT_BITS",),
    ("LANES",),
    ("LANES", "WEIGHT_BITS"),
    ("LANES", "VALUE_BITS"),
    ("LANES", "LANE_SUM_BITS"),
    ("STREAMS",),
    ("STREAMS", "PC_BITS"),
    ("STREAMS", "LANE_SLOT_BITS"),
    ("STREAMS", "VALUE_BITS"),
    ("STREAMS", "STAGES"),
    ("UNITS",),
    ("UNITS", "VALUE_BITS"),
    ("UNITS", "LANE_SUM_BITS"),
    ("UNITS", "OPERAND_BITS"),
    ("UNITS", "ALIGNED_BITS"),
    ("UNITS", "NODE_SUM_BITS"),
    ("UNITS", "STATE_BITS"),
    ("UNITS", "PC_BITS"),
    ("UNITS", "SLOT_BITS"),
    ("UNITS", "OUTPUT_BITS"),
    ("UNITS", "STAGES"),
    ("UNITS", "PRODUCT_PATH", "VALUE_BITS"),
    ("UNITS", "LINEAR_PATH", "WIDE_BITS"),
    ("UNITS", "ARGUMENT_BIAS", "WIDE_BITS"),
    ("UNITS", "HAS_OPERATIONS"),
    ("TABLE_BITS",),
]


#: Two seeds of one design differ by about this factor.
_SCATTER = 1.05


class Model:
    """A family and profile: what was measured, and what fits it."""

    def __init__(self, family, profile, sizes, clocks):
        self.family = family
        self.profile = profile
        self.sizes = sizes
        self.clocks = _falling(
            [(lanes, statistics.median(rates)) for lanes, rates in sorted(clocks)])
        self.fits = {kind: self._fit(kind) for kind in ("lut", "ff")}

    def _fit(self, kind):
        """Factors by term, and the relative error of every sample."""
        rows = [[_product(measures, term) for term in _TERMS] for _, measures, _ in self.sizes]
        targets = [cells[kind] for _, _, cells in self.sizes]
        factors = [_digits(factor) for factor in least_squares.solve(rows, targets)]
        return factors, least_squares.errors(rows, targets, factors)

    def quality(self):
        """How well the model fits, a line for each kind of cell."""
        lines = [f"{self.family}, {self.profile}: {len(self.sizes)} samples"]
        for kind, (_, errors) in self.fits.items():
            worst = max(range(len(errors)), key=lambda index: abs(errors[index]))
            root = (sum(error * error for error in errors) / len(errors)) ** 0.5
            lines.append(
                f"  {kind:4} root mean square {root * 100:.1f} %, worst"
                f" {errors[worst] * 100:+.1f} % ({self.sizes[worst][0]})")
        rates = ", ".join(f"{lanes}: {rate:.1f}" for lanes, rate in self.clocks)
        lines.append(f"  MHz  by lanes {rates}")
        return "\n".join(lines)

    def swift(self):
        points = ", ".join(f"Point({lanes}, {rate:.1f})" for lanes, rate in self.clocks)
        return (
            "    FittedModel(\n"
            f"      family: .{self.family}, profile: .{self.profile},\n"
            f"      luts: {self._sum('lut')},\n"
            f"      flipFlops: {self._sum('ff')},\n"
            f"      clock: ClockCurve({points.replace('Point(', '.init(')})),\n")

    def _sum(self, kind):
        terms = [
            "        " + ", ".join([f".init({factor}", *(f'"{name}"' for name in term)]) + ")"
            for factor, term in zip(self.fits[kind][0], _TERMS) if factor
        ]
        return "FittedSum(\n" + ",\n".join(terms) + ")"


def swift(models, arguments, old):
    """The text of the file that holds all models; those that were not measured stay as they are."""
    texts = {}
    for text in re.findall(
            r"(?:    // .*\n)?    FittedModel\((?:.|\n)*?clock: ClockCurve\(.*\)\),\n", old):
        texts[re.search(r"family: \.(\w+), profile: \.(\w+)", text).groups()] = text
    command = f"Scripts/bench predictor --seeds {arguments.seeds} --write --models"
    for model in models:
        name = (model.family, model.profile)
        texts[name] = f"    // {command} {':'.join(name)}\n{model.swift()}"
    return (
        "extension FittedModel {\n"
        "  /// Every model, by family and profile, with the command that measured it.\n"
        "  static let measured: [FittedModel] = [\n"
        + "".join(text for _, text in sorted(texts.items()))
        + "  ]\n}\n")


def _falling(clocks):
    """Clock rates that do not rise a little with the lanes: that is the scatter of the seeds, and such
    neighbours get their mean. A larger rise has a reason, such as programs too long for few blocks."""
    groups = []
    for lanes, rate in clocks:
        groups.append(([lanes], rate))
        while len(groups) > 1 and groups[-2][1] < groups[-1][1] < groups[-2][1] * _SCATTER:
            (right, high), (left, low) = groups.pop(), groups.pop()
            mean = (low * len(left) + high * len(right)) / (len(left) + len(right))
            groups.append((left + right, mean))
    return [(lanes, rate) for members, rate in groups for lanes in members]


def _product(measures, term):
    result = 1
    for name in term:
        result *= measures[name]
    return result


def _digits(factor):
    """Four significant digits: more would pretend."""
    return float(f"{factor:.4g}")
