"""What the benchmarks compute themselves; what they run is tested where it belongs."""

import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measure import families, fitted_models, hardware_limits, least_squares, pin_adapter
from measure import schedule_limits
from measure.cache import ResultCache
from measure.standard_lstm import StandardLSTM
from measure.table import Table, count, fixed


class StandardLSTMTests(unittest.TestCase):
    def test_its_spec_has_every_node_connection_and_trace(self):
        nodes, connections, traces = StandardLSTM(3, 5, dense=2).spec()[3:].strip().split("\n\n")
        self.assertEqual(len(nodes.splitlines()), 3 + 1 + 6 * 5 + 2)
        self.assertEqual(len(connections.splitlines()), 4 * 5 * (3 + 5 + 1) + 3 * 5 + 2 * (5 + 1))
        # The gates of a unit act on one node each.
        self.assertEqual(len(traces.splitlines()), 3 * 5 * (3 + 5 + 1))

    def test_a_seed_decides_about_the_weights(self):
        self.assertEqual(StandardLSTM(1, 4).spec(), StandardLSTM(1, 4).spec())
        self.assertNotEqual(StandardLSTM(1, 4).spec(), StandardLSTM(1, 4, seed=2).spec())


class LimitTests(unittest.TestCase):
    def design(self, **figures):
        network = SimpleNamespace(is_standard_lstm=True, has_dense_head=False)
        values = {
            "network": network, "lanes": 8, "macsPerStep": 8000, "bound_cycles": 1000,
            "cyclesPerStep": 1020, "utilization": 0.98, "computeLatencyCycles": 1120}
        return SimpleNamespace(**{**values, **figures})

    def test_a_schedule_at_every_limit_passes(self):
        self.assertEqual(schedule_limits.failures(self.design()), [])

    def test_each_limit_of_a_schedule_is_told(self):
        for figures, words in [
            ({"cyclesPerStep": 1021}, "period 1.021 x bound"),
            ({"utilization": 0.949}, "utilisation below 95 %"),
            ({"macsPerStep": 4000, "utilization": 0.89}, "utilisation below 90 %"),
            ({"computeLatencyCycles": 1121}, "latency 1 above 1,120"),
        ]:
            found = schedule_limits.failures(self.design(**figures))
            self.assertIn(words, found)

    def test_few_products_a_lane_have_no_utilisation_to_reach(self):
        design = self.design(macsPerStep=3520, utilization=0.1, computeLatencyCycles=500)
        self.assertEqual(schedule_limits.failures(design), [])

    def test_slow_hardware_is_told(self):
        row = {
            "network": "lstm-1-20", "family": "ecp5", "lanes": 4, "fmax": 279.9,
            "periodTime": 1.71, "levelTime": 101}
        self.assertEqual(
            hardware_limits.failures(row),
            ["clock below 280 MHz", "step above 1.7 us", "level above 100 ns"])
        best = list(hardware_limits.best_times([row]))
        self.assertEqual([met for met, _ in best], [False])


class Counted:
    """A design of which nothing but the compiler's counts is known."""

    def __init__(self, resources):
        self.resources = resources


class FamilyTests(unittest.TestCase):
    def test_the_compilers_counts_decide_about_the_device(self):
        names = []
        for multipliers, blocks in ((28, 56), (28, 57), (29, 56), (156, 208), (157, 1)):
            design = Counted({"multipliers": multipliers, "memoryBlocks": blocks})
            names.append([device.name for device in families.ALL["ecp5"].devices
                          if device.may_hold(design)])
        everything = ["LFE5U-25F", "LFE5U-45F", "LFE5U-85F"]
        self.assertEqual(names, [everything, everything[1:], everything[1:], everything[2:], []])

    def test_cells_are_counted_by_kind(self):
        cells = families.ALL["ice40"].count(
            {"SB_LUT4": 7, "SB_DFF": 1, "SB_DFFESR": 2, "SB_RAM40_4KNR": 3, "SB_MAC16": 9})
        self.assertEqual((cells["lut"], cells["ff"], cells["ram"], cells["dsp"]), (7, 3, 3, 9))
        device = families.ALL["ice40"].devices[0]
        self.assertEqual(device.shortage(cells), "does not fit iCE40UP5K: 9 of 8 multipliers")
        self.assertIsNone(device.shortage({**cells, "dsp": 8}))

    def test_the_pin_adapter_is_as_wide_as_the_stream(self):
        text = pin_adapter.verilog("core", "  input  wire [15:0] s_axis_tdata,\n")
        self.assertIn("reg  [15:0] word_q;", text)
        self.assertIn("{word_q[14:0], in_q[0]}", text)


class FitTests(unittest.TestCase):
    def test_factors_of_an_exact_sum_are_found(self):
        rows = [[1, lanes, lanes * width] for lanes in (1, 2, 4, 8) for width in (8, 12, 16, 18)]
        targets = [100 * one + 20 * lanes + 3 * product for one, lanes, product in rows]
        factors = least_squares.solve(rows, targets)
        self.assertLess(max(map(abs, least_squares.errors(rows, targets, factors))), 1e-4)

    def test_no_factor_is_negative(self):
        factors = least_squares.solve([[1, 1], [1, 2], [1, 3]], [3, 2, 1])
        self.assertGreaterEqual(min(factors), 0)

    def test_a_model_is_swift(self):
        measures = {name: 2 for term in fitted_models._TERMS for name in term}
        sizes = [("a", measures, {"lut": 10, "ff": 20})]
        model = fitted_models.Model("ecp5", "shallow", sizes, [(4, [90.0, 100.0, 130.0])])
        self.assertIn("clock: ClockCurve(.init(4, 100.0))", model.swift())


class ResultCacheTests(unittest.TestCase):
    def test_a_result_belongs_to_its_whole_key(self):
        with tempfile.TemporaryDirectory() as folder:
            cache = ResultCache(Path(folder))
            cache.store({"a": 1}, "placed", 1)
            self.assertEqual(cache.find("placed", 1), {"a": 1})
            self.assertIsNone(cache.find("placed", 2))


class TableTests(unittest.TestCase):
    def test_text_is_left_and_numbers_are_right(self):
        table = Table([("a", "name", str), ("b", "cycles", count), ("c", "MHz", fixed(1))])
        table.add(a="x", b=12345, c=None)
        self.assertEqual(table.text(), "name  cycles  MHz\nx     12,345    -")
        self.assertEqual(
            table.markdown(),
            "| name | cycles | MHz |\n| ---- | -----: | --: |\n| x    | 12,345 |   - |")


if __name__ == "__main__":
    unittest.main()
