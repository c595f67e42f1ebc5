import Foundation
import GoldenCases
import XCTest

@testable import Importing

final class StateDictTests: XCTestCase {
  private let model = "model.safetensors"

  /// A module of some layers and a head, with what computes the same.
  private struct Model {
    var file = SafetensorsText()
    var cells: [CellWeights] = []
    var head: (weights: [[Double]], bias: [Double])?

    init(
      gates: Int, inputs: Int, units: Int, depth: Int, biased: Bool, head outputs: Int?,
      seed: UInt64, prefix: String = "rnn."
    ) {
      var random = SeededGenerator(seed: seed)
      let rows = gates * units
      for layer in 0..<depth {
        let width = layer == 0 ? inputs : units
        let cell = random.cell(gates: gates, inputs: width, units: units, biased: biased)
        cells.append(cell)
        file.add("\(prefix)weight_ih_l\(layer)", [rows, width], cell.input.flatMap { $0 })
        file.add("\(prefix)weight_hh_l\(layer)", [rows, units], cell.recurrent.flatMap { $0 })
        guard biased else { continue }
        file.add("\(prefix)bias_ih_l\(layer)", [rows], cell.inputBias)
        file.add("\(prefix)bias_hh_l\(layer)", [rows], cell.recurrentBias)
      }
      guard let outputs else { return }
      let weights = random.rows(outputs, units)
      file.add("head.weight", [outputs, units], weights.flatMap { $0 })
      let bias = biased ? random.values(outputs) : [Double](repeating: 0, count: outputs)
      if biased { file.add("head.bias", [outputs], bias) }
      head = (weights, bias)
    }
  }

  private func headed(_ model: Model, _ h: [Double]) -> [Double] {
    guard let head = model.head else { return h }
    return StraightLine.sum(StraightLine.product(head.weights, h), head.bias)
  }

  func testLSTMsOfAnyDepthComputeWhatTheirEquationsSay() throws {
    for seed in 0..<24 as Range<UInt64> {
      let (depth, biased, head) = (Int(seed % 3) + 1, seed % 4 != 3, seed % 5 == 4 ? nil : 2)
      let model = Model(
        gates: 4, inputs: 3, units: Int(seed % 4) + 1, depth: depth, biased: biased, head: head,
        seed: seed)
      let network = try imported(model.file.bytes, self.model).network
      var h = model.cells.map { [Double](repeating: 0, count: $0.unitCount) }
      var c = h
      assertSameOutputs(network, seed: seed, "depth \(depth), biases \(biased)") { x in
        var values = x
        for layer in model.cells.indices {
          StraightLine.torchLSTM(model.cells[layer], values, &h[layer], &c[layer])
          values = h[layer]
        }
        return headed(model, values)
      }
    }
  }

  func testGRUsOfAnyDepthComputeWhatTheirEquationsSay() throws {
    for seed in 0..<24 as Range<UInt64> {
      let (depth, biased, head) = (Int(seed % 3) + 1, seed % 4 != 3, seed % 5 == 4 ? nil : 2)
      let model = Model(
        gates: 3, inputs: 3, units: Int(seed % 4) + 1, depth: depth, biased: biased, head: head,
        seed: seed)
      let network = try imported(model.file.bytes, self.model).network
      var h = model.cells.map { [Double](repeating: 0, count: $0.unitCount) }
      assertSameOutputs(network, seed: seed, "depth \(depth), biases \(biased)") { x in
        var values = x
        for layer in model.cells.indices {
          StraightLine.torchGRU(model.cells[layer], values, &h[layer])
          values = h[layer]
        }
        return headed(model, values)
      }
    }
  }

  func testASingleCellAndAModuleWithoutPrefixAreRead() throws {
    var random = SeededGenerator(seed: 3)
    let cell = random.cell(gates: 4, inputs: 2, units: 3)
    for ending in ["", "_l0"] {
      var file = SafetensorsText()
      file.add("weight_ih" + ending, [12, 2], cell.input.flatMap { $0 })
      file.add("weight_hh" + ending, [12, 3], cell.recurrent.flatMap { $0 })
      file.add("bias_ih" + ending, [12], cell.inputBias)
      file.add("bias_hh" + ending, [12], cell.recurrentBias)
      var (h, c) = ([0.0, 0, 0], [0.0, 0, 0])
      assertSameOutputs(try imported(file.bytes, self.model).network, seed: 3) { x in
        StraightLine.torchLSTM(cell, x, &h, &c)
        return h
      }
    }
  }

  func testWhatWasFoundIsTold() throws {
    let model = Model(
      gates: 4, inputs: 3, units: 2, depth: 2, biased: true, head: 1, seed: 1)
    let result = try imported(model.file.bytes, self.model)
    XCTAssertEqual(result.layers.map(\.origin.name), ["rnn.l0", "rnn.l1", "head"])
    XCTAssertEqual(result.layers.map(\.inputCount), [3, 2, 2])
    XCTAssertEqual(result.layers.map(\.unitCount), [2, 2, 1])
    XCTAssertEqual(result.layers.map(\.origin.gateOrder), ["i,f,g,o", "i,f,g,o", nil])
    XCTAssertEqual(
      result.layers[1].origin.tensors.map(\.name),
      ["rnn.weight_ih_l1", "rnn.weight_hh_l1", "rnn.bias_ih_l1", "rnn.bias_hh_l1"])
    XCTAssertEqual(result.parameterCount, (24 + 16 + 16) + (16 + 16 + 16) + 3)
    XCTAssertEqual(result.constantCount, 1)
    XCTAssertEqual(result.network.inputCount, 3)
    XCTAssertEqual(result.network.nodeCount, 3 + 6 * 2 * 2 + 1 + 1)
  }

  func testLayersArePickedByNameAndWithTheirFunctions() throws {
    var random = SeededGenerator(seed: 8)
    let cell = random.cell(gates: 4, inputs: 2, units: 2)
    let dense = ["fc1", "fc2"].map { _ in (random.rows(2, 2), random.values(2)) }
    var file = SafetensorsText()
    file.add("lstm.weight_ih_l0", [8, 2], cell.input.flatMap { $0 })
    file.add("lstm.weight_hh_l0", [8, 2], cell.recurrent.flatMap { $0 })
    file.add("lstm.bias_ih_l0", [8], cell.inputBias)
    file.add("lstm.bias_hh_l0", [8], cell.recurrentBias)
    for (index, (weights, bias)) in dense.enumerated() {
      file.add("fc\(index + 1).weight", [2, 2], weights.flatMap { $0 })
      file.add("fc\(index + 1).bias", [2], bias)
    }
    XCTAssertEqual(refusal(file.bytes, self.model)?.id, "ambiguous-layers")
    let result = try imported(file.bytes, self.model) {
      $0.layers = ["fc2:relu", "lstm", "fc1"].map(LayerChoice.init)
    }
    XCTAssertEqual(result.remarks, [])
    var (h, c) = ([0.0, 0], [0.0, 0])
    assertSameOutputs(result.network, seed: 8) { x in
      let front = StraightLine.sum(StraightLine.product(dense[1].0, x), dense[1].1)
      StraightLine.torchLSTM(cell, front.map { max(0, $0) }, &h, &c)
      return StraightLine.sum(StraightLine.product(dense[0].0, h), dense[0].1)
    }
    let part = try imported(file.bytes, self.model) { $0.layers = [LayerChoice("lstm")] }
    XCTAssertEqual(part.remarks.count, 2)
    XCTAssertEqual(part.layers.count, 1)
  }

  func testWhatCannotBeToldIsRefused() throws {
    func refused(
      _ change: (inout SafetensorsText) -> Void, gates: Int = 4, head: Int? = nil,
      units: Int = 2, line: UInt = #line
    ) -> String? {
      var model = Model(
        gates: gates, inputs: 2, units: units, depth: 1, biased: true, head: head, seed: 1)
      change(&model.file)
      return refusal(model.file.bytes, self.model, line: line)?.id
    }
    XCTAssertEqual(
      refused { $0.add("rnn.weight_ih_l0_reverse", [8, 2], .init(repeating: 0, count: 16)) },
      "bidirectional")
    XCTAssertEqual(
      refused { $0.add("rnn.weight_hr_l0", [1, 2], [0, 0]) }, "projection")
    XCTAssertEqual(refused { $0.add("bn.running_mean", [2], [0, 0]) }, "unknown-tensors")
    XCTAssertEqual(
      refused { $0.add("b.weight_ih_l0", [8, 2], .init(repeating: 0, count: 16)) },
      "missing-tensor")
    XCTAssertEqual(
      refused {
        $0.add("b.weight_ih_l0", [8, 2], .init(repeating: 0, count: 16))
        $0.add("b.weight_hh_l0", [8, 2], .init(repeating: 0, count: 16))
      }, "ambiguous-layers")
    XCTAssertEqual(
      refused({ $0.add("fc.weight", [4, 3], .init(repeating: 0, count: 12)) }), "ambiguous-layers")
    XCTAssertEqual(refused({ _ in }, gates: 1), "unknown-cell")
    XCTAssertEqual(refused({ _ in }, gates: 5), "unknown-cell")
    // As many inputs as units as outputs: before or behind?
    XCTAssertEqual(refused({ _ in }, head: 2), "ambiguous-layers")
    XCTAssertEqual(refused { $0.metadata = ["gate_order": "i,f,o,g"] }, "gate-order")
    XCTAssertEqual(refused { $0.metadata = ["gate_order": "r,z,n"] }, "gate-order")
    XCTAssertEqual(
      refused { file in
        file = SafetensorsText()
        file.add("w.weight_ih_l0", [8, 2], .init(repeating: 0, count: 16))
        file.add("w.weight_hh_l0", [8, 2], .init(repeating: 0, count: 16))
        file.add("w.bias_ih_l0", [8], .init(repeating: 0, count: 8))
      }, "one-bias")
    XCTAssertEqual(
      refused { file in
        file = SafetensorsText()
        file.add("w.weight_ih_l0", [6, 2], .init(repeating: 0, count: 12))
        file.add("w.weight_hh_l0", [8, 2], .init(repeating: 0, count: 16))
      }, "tensor-shape")
    XCTAssertEqual(
      refused { file in
        file = SafetensorsText()
        file.add("fc.weight", [6, 2], .init(repeating: 0, count: 12))
      }, "no-recurrent-layer")
  }

  func testWrongChoicesAreRefused() {
    let model = Model(
      gates: 4, inputs: 3, units: 2, depth: 1, biased: true, head: 1, seed: 1)
    func refused(_ choices: [String]) -> String? {
      refusal(model.file.bytes, self.model) { $0.layers = choices.map(LayerChoice.init) }?.id
    }
    XCTAssertEqual(refused(["lstm"]), "no-such-layer")
    XCTAssertEqual(refused(["rnn:tanh"]), "function-of-recurrent-layer")
    XCTAssertEqual(refused(["rnn", "head:softmax"]), "no-such-function")
    XCTAssertEqual(refused(["head", "rnn"]), "layers-do-not-fit")
  }

  func testNumbersThatAreNoneAreToldWithTheirPlace() {
    for value in [Double.nan, .infinity, -.infinity, 1e301] {
      var file = SafetensorsText()
      var weights = [Double](repeating: 0.5, count: 16)
      weights[5] = value
      file.add("lstm.weight_ih_l0", [8, 2], weights)
      file.add("lstm.weight_hh_l0", [8, 2], .init(repeating: 0, count: 16))
      let error = refusal(file.bytes, self.model)
      XCTAssertEqual(error?.id, "not-finite")
      XCTAssertTrue(
        error?.message.hasPrefix("'lstm.weight_ih_l0' holds \(value) at [2, 1], which is") == true,
        error?.message ?? "")
    }
  }
}
