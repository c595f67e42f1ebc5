import DataSets
import Foundation
import GoldenCases
import Simulation
import XCTest

@testable import Importing

final class ONNXReaderTests: XCTestCase {
  private let file = "model.onnx"

  /// Rows of gates in another order.
  private func ordered(_ w: CellWeights, _ order: [Int]) -> CellWeights {
    func pick<Element>(_ all: [Element]) -> [Element] {
      order.flatMap { Array(all[w.rows($0)]) }
    }
    return CellWeights(
      input: pick(w.input), recurrent: pick(w.recurrent), inputBias: pick(w.inputBias),
      recurrentBias: pick(w.recurrentBias))
  }

  /// An operator on `x` with its weights; gates of `w` are in ONNX's order.
  private func graph(
    _ type: String, _ w: CellWeights, inputs: [String] = ["x", "W", "R", "B"],
    _ change: (inout ONNXNodeProto) -> Void = { _ in }
  ) -> GraphBuilder {
    let (gates, units) = (w.input.count / w.unitCount, w.unitCount)
    var graph = GraphBuilder(input: [nil, nil, Int64(w.input[0].count)])
    graph.constant("W", [1, gates * units, w.input[0].count], w.input.flatMap { $0 })
    graph.constant("R", [1, gates * units, units], w.recurrent.flatMap { $0 })
    graph.constant("B", [1, 2 * gates * units], w.inputBias + w.recurrentBias)
    graph.add(type, inputs, ["Y", "Yh"], change)
    return graph
  }

  func testFilesOfTheONNXPackageGiveWhatItsRuntimeGave() throws {
    let folder = try XCTUnwrap(Bundle.module.resourceURL).appendingPathComponent("Fixtures")
    for name in ["lstm-stacked", "lstm-peepholes", "gru-0", "gru-1"] {
      func rows(_ kind: String) throws -> [[Double]] {
        let path = folder.appendingPathComponent("\(name)-\(kind).csv").path
        let data = try DataSetReader(columnCount: nil).read(try FileReader().read(path), file: path)
        return data.sequences[0].steps.map { Array($0.values ?? []) }
      }
      let bytes = try FileReader().read(folder.appendingPathComponent("\(name).onnx").path)
      var simulator = FloatSimulator(try imported(bytes, file).network)
      for (step, (x, expected)) in zip(try rows("inputs"), try rows("outputs")).enumerated() {
        simulator.step(x)
        for (actual, wanted) in zip(simulator.outputs, expected) {
          // Recorded in single precision: eight steps of some ten terms each.
          XCTAssertEqual(actual, wanted, accuracy: 1e-6, "\(name), step \(step)")
        }
      }
    }
  }

  func testLSTMsHaveTheirGatesInTheOrderIOFC() throws {
    for seed in 0..<6 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let w = random.cell(gates: 4, inputs: 2, units: 3)
      let start = (h: random.values(3), c: random.values(3))
      // The test's order is i, f, g, o.
      var graph = self.graph(
        "LSTM", ordered(w, [0, 3, 1, 2]), inputs: ["x", "W", "R", "B", "", "h0", "c0"]
      ) { $0.set("hidden_size", 3) }
      graph.constant("h0", [1, 2, 3], start.h + start.h)
      graph.constant("c0", [1, 1, 3], start.c)
      var (h, c) = start
      let result = try imported(graph.bytes("Y"), file)
      assertSameOutputs(result.network, seed: seed) { x in
        StraightLine.torchLSTM(w, x, &h, &c)
        return h
      }
    }
  }

  func testGRUsHaveTheirGatesInTheOrderZRH() throws {
    for seed in 0..<6 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let w = random.cell(gates: 3, inputs: 2, units: 3)
      for isLinear in [0, 1] as [Int64] {
        // The test's order is r, z, n.
        let graph = self.graph("GRU", ordered(w, [1, 0, 2])) {
          if isLinear == 1 { $0.set("linear_before_reset", isLinear) }
        }
        var h = [0.0, 0, 0]
        assertSameOutputs(
          try imported(graph.bytes("Yh"), file).network, seed: seed, "\(isLinear)"
        ) { x in
          if isLinear == 1 {
            StraightLine.torchGRU(w, x, &h)
          } else {
            let r = w.argument(0, x, h).map(StraightLine.logistic)
            let z = w.argument(1, x, h).map(StraightLine.logistic)
            let n = StraightLine.sum(
              w.fromInput(2, x), w.fromOutput(2, StraightLine.times(r, h))
            ).map { tanh($0) }
            h = StraightLine.sum(
              StraightLine.times(z.map { 1 - $0 }, n), StraightLine.times(z, h))
          }
          return h
        }
      }
    }
  }

  func testDenseLayersOfEveryForm() throws {
    var random = SeededGenerator(seed: 2)
    let w = random.cell(gates: 4, inputs: 2, units: 3)
    let (a, b) = (random.rows(2, 3), random.values(2))
    var graph = self.graph("LSTM", ordered(w, [0, 3, 1, 2]))
    graph.integers("axes", [1])
    graph.integers("last", [-1], isScalar: true)
    graph.constant("A", [2, 3], a.flatMap { $0 })
    graph.constant("At", [3, 2], (0..<3).flatMap { column in a.map { $0[column] } })
    graph.constant("b", [2], b)
    graph.add("Squeeze", ["Y", "axes"], ["all"])
    graph.add("MatMul", ["all", "At"], ["product"])
    graph.add("Add", ["b", "product"], ["sum"])
    graph.add("Tanh", ["sum"], ["bounded"])
    graph.add("Gather", ["all", "last"], ["end"])
    graph.add("Gemm", ["end", "A", "b"], ["scaled"]) {
      $0.set("transB", 1)
      $0.set("alpha", real: 0.5)
      $0.set("beta", real: -2)
    }
    for (output, function) in [
      ("product", { StraightLine.product(a, $0) }),
      ("sum", { StraightLine.sum(StraightLine.product(a, $0), b) }),
      ("bounded", { StraightLine.sum(StraightLine.product(a, $0), b).map { tanh($0) } }),
      (
        "scaled",
        { StraightLine.sum(StraightLine.product(a, $0).map { $0 / 2 }, b.map { -2 * $0 }) }
      ),
    ] as [(String, ([Double]) -> [Double])] {
      var (h, c) = ([0.0, 0, 0], [0.0, 0, 0])
      // Branches that are not asked for leave the others alone.
      assertSameOutputs(try imported(graph.bytes(output), file).network, seed: 2, output) { x in
        StraightLine.torchLSTM(w, x, &h, &c)
        return function(h)
      }
    }
  }

  func testDimensionsKeepTheirMeaning() throws {
    var random = SeededGenerator(seed: 9)
    let (w, v) = (
      random.cell(gates: 4, inputs: 2, units: 3), random.cell(gates: 4, inputs: 3, units: 2)
    )
    func stacked(_ order: [Int64], _ shape: [Int64]) -> [UInt8] {
      var graph = self.graph("LSTM", ordered(w, [0, 3, 1, 2]))
      let second = ordered(v, [0, 3, 1, 2])
      graph.constant("W2", [1, 8, 3], second.input.flatMap { $0 })
      graph.constant("R2", [1, 8, 2], second.recurrent.flatMap { $0 })
      graph.constant("B2", [1, 16], second.inputBias + second.recurrentBias)
      graph.integers("shape", shape)
      graph.add("Transpose", ["Y"], ["turned"]) { $0.set("perm", order) }
      graph.add("Reshape", ["turned", "shape"], ["flat"])
      graph.add("LSTM", ["flat", "W2", "R2", "B2"], ["Z"])
      return graph.bytes("Z")
    }
    var (h, c, k, d) = ([0.0, 0, 0], [0.0, 0, 0], [0.0, 0], [0.0, 0])
    assertSameOutputs(try imported(stacked([0, 2, 1, 3], [0, 0, -1]), file).network, seed: 9) { x in
      StraightLine.torchLSTM(w, x, &h, &c)
      StraightLine.torchLSTM(v, h, &k, &d)
      return k
    }
    // Time and batch swapped between the layers; time and batch joined; values and batch swapped.
    XCTAssertEqual(refusal(stacked([2, 0, 1, 3], [0, 0, -1]), file)?.id, "operator")
    XCTAssertEqual(refusal(stacked([0, 2, 1, 3], [-1, 3]), file)?.id, "operator")
    XCTAssertEqual(refusal(stacked([0, 3, 1, 2], [0, 0, -1]), file)?.id, "operator")
  }

  func testAttributesThatChangeTheMeaningAreRefusedByName() {
    var random = SeededGenerator(seed: 1)
    let w = random.cell(gates: 4, inputs: 2, units: 2)
    func words(
      inputs: [String] = ["x", "W", "R", "B"], line: UInt = #line,
      _ change: (inout ONNXNodeProto) -> Void
    ) -> String {
      refusal(self.graph("LSTM", w, inputs: inputs, change).bytes("Y"), file, line: line)?.message
        ?? ""
    }
    XCTAssertEqual(
      words { $0.set("direction", "bidirectional") },
      "attribute 'direction' of LSTM 'lstm' is 'bidirectional'")
    XCTAssertEqual(
      words { $0.set("direction", "reverse") }, "attribute 'direction' of LSTM 'lstm' is 'reverse'")
    XCTAssertEqual(
      words { $0.set("clip", real: 3) }, "attribute 'clip' of LSTM 'lstm' is not supported")
    XCTAssertEqual(
      words { $0.set("input_forget", 1) },
      "attribute 'input_forget' of LSTM 'lstm' couples the gates")
    XCTAssertEqual(
      words { $0.set("activations", ["Sigmoid", "Tanh", "HardSigmoid"]) },
      "attribute 'activations' of LSTM 'lstm' names 'HardSigmoid'")
    XCTAssertEqual(
      words { $0.set("activations", ["Sigmoid"]) },
      "attribute 'activations' of LSTM 'lstm' has 1 functions, expected 3")
    XCTAssertEqual(
      words { $0.set("hidden_size", 5) },
      "attribute 'hidden_size' of LSTM 'lstm' is 5, the weights are of 2 units")
    XCTAssertEqual(
      words { $0.set("novelty", 1) }, "attribute 'novelty' of LSTM 'lstm' is not supported")
    XCTAssertEqual(
      words { $0.set("layout", 2) }, "attribute 'layout' of LSTM 'lstm' is 2, not 0 or 1")
    XCTAssertEqual(
      words { node in
        node.set("layout", 0)
        node.set("layout", 1)
      }, "LSTM 'lstm' has the attribute 'layout' twice")
    XCTAssertEqual(
      words(inputs: ["x", "W", "R", "B", "B"]) { _ in }, "LSTM 'lstm' has input 'sequence_lens'")
    XCTAssertEqual(
      words(inputs: ["x", "W", "R", "W"]) { _ in },
      "LSTM 'lstm' has 'W' of shape [1, 8, 2], expected [1, 16]: directions, 4 gates of 2 units,"
        + " sources")
    XCTAssertEqual(
      words(inputs: ["x", "W", "R", "B", "", "W"]) { _ in },
      "LSTM 'lstm' has another 'initial_h' for each sequence of the batch")
    XCTAssertEqual(
      words(inputs: ["x", "W", "R", "B", "", "B"]) { _ in },
      "LSTM 'lstm' has 'initial_h' of shape [1, 16], expected 1, batch and 2")
    XCTAssertEqual(
      words(inputs: ["x", "x", "R"]) { _ in },
      "LSTM 'lstm' has weights W that are no constants of the file")
    XCTAssertEqual(
      words(inputs: ["x", "V", "R"]) { _ in },
      "LSTM 'lstm' reads 'V', which nothing gives")
    XCTAssertEqual(
      words(inputs: ["W", "W", "R"]) { _ in },
      "LSTM 'lstm' does not read the network's input")
  }

  func testOperatorsThatAreNotSupportedAreRefusedWhereTheyAreNeeded() {
    var random = SeededGenerator(seed: 1)
    let w = random.cell(gates: 4, inputs: 2, units: 2)
    func fault(
      _ type: String, _ inputs: [String] = ["Yh"], line: UInt = #line,
      _ change: (inout ONNXNodeProto) -> Void = { _ in }
    ) -> String? {
      var graph = self.graph("LSTM", w)
      graph.integers("first", [0], isScalar: true)
      graph.add(type, inputs, ["y"], change)
      return refusal(graph.bytes("y"), file, line: line)?.id
    }
    for type in ["Softmax", "RNN", "Conv", "Concat", "Relu", "Tanh", ""] {
      XCTAssertEqual(fault(type), "operator", type)
    }
    XCTAssertEqual(fault("Identity") { $0.domain = "com.example" }, "operator")
    XCTAssertEqual(fault("Add", ["Yh", "Yh"]), "operator")
    XCTAssertEqual(fault("Add", ["Yh", "B"]), "operator")
    XCTAssertEqual(fault("MatMul", ["R", "Yh"]), "operator")
    // Not the last step.
    XCTAssertEqual(fault("Gather", ["Y", "first"]), "operator")
    XCTAssertEqual(fault("Squeeze", ["Y", "first"]), "operator")
    XCTAssertEqual(
      fault("Transpose", ["Y"]) { $0.set("perm", [0, 1, 2, 2] as [Int64]) }, "attribute")
    XCTAssertEqual(fault("Shape", ["Y"]), "constant-output")
    // Needed by nobody, it does no harm.
    var graph = self.graph("LSTM", w)
    graph.add("Softmax", ["Yh"], ["y"])
    XCTAssertNoThrow(try imported(graph.bytes("Yh"), file))
  }

  func testInputsMustTellHowManyValuesAStepHas() {
    func fault(_ shape: [Int64?], opset: Int64 = 17, line: UInt = #line) -> String? {
      var graph = GraphBuilder(input: shape, opset: opset)
      graph.add("Identity", ["x"], ["y"])
      return refusal(graph.bytes("y"), file, line: line)?.id
    }
    XCTAssertEqual(fault([nil, nil, nil]), "input-shape")
    XCTAssertEqual(fault([nil, nil, -4]), "input-shape")
    XCTAssertEqual(fault([nil]), "input-shape")
    XCTAssertEqual(fault([nil, nil, 1, 1]), "input-shape")
    XCTAssertEqual(fault([nil, nil, 1]), "no-layers")
    XCTAssertEqual(fault([nil, nil, 1], opset: 6), "operator-version")
    XCTAssertEqual(fault([nil, nil, 1], opset: .min), "operator-version")
    XCTAssertEqual(fault([nil, nil, 1], opset: .max), "operator-version")
  }

  func testASecondInputIsRefusedWhereItIsUsed() {
    var random = SeededGenerator(seed: 1)
    let w = random.cell(gates: 4, inputs: 2, units: 2)
    var graph = self.graph("LSTM", w, inputs: ["x", "W", "R", "B", "", "h0"])
    graph.addInput("h0", [1, nil, 2])
    XCTAssertEqual(refusal(graph.bytes("Y"), file)?.id, "second-input")
  }
}
