import Foundation
import GoldenCases
import XCTest

@testable import Importing

final class RTNeuralReaderTests: XCTestCase {
  private let file = "model.json"

  /// Weights as Keras has them: a row for each source.
  private func transposed(_ rows: [[Double]]) -> [[Double]] {
    rows[0].indices.map { column in rows.map { $0[column] } }
  }

  private func text(_ rows: [[Double]]) -> String {
    "[" + rows.map { "\($0)" }.joined(separator: ",\n") + "]"
  }

  private func layer(
    _ type: String, units: Int, activation: String = "", _ weights: [String]
  ) -> String {
    """
    {"type": "\(type)", "activation": "\(activation)", "shape": [null, null, \(units)],
     "weights": [\(weights.joined(separator: ","))]}
    """
  }

  private func model(inputs: Int, _ layers: [String], more: String = "") -> [UInt8] {
    Array(
      "{\(more)\"in_shape\": [null, null, \(inputs)], \"layers\": [\(layers.joined(separator: ","))]}"
        .utf8)
  }

  func testLayersOfKerasComputeWhatTheirEquationsSay() throws {
    for seed in 0..<8 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let front = (weights: random.rows(2, 3), bias: random.values(2))
      var lstm = random.cell(gates: 4, inputs: 2, units: 3)
      lstm.recurrentBias = .init(repeating: 0, count: 12)
      // Keras: z, r, h.
      let gru = random.cell(gates: 3, inputs: 3, units: 2)
      let head = (weights: random.rows(2, 2), bias: random.values(2))
      let bytes = model(
        inputs: 3,
        [
          layer(
            "dense", units: 2, activation: "tanh",
            [text(transposed(front.weights)), "\(front.bias)"]),
          layer(
            "lstm", units: 3, activation: "tanh",
            [text(transposed(lstm.input)), text(transposed(lstm.recurrent)), "\(lstm.inputBias)"]),
          layer(
            "gru", units: 2, activation: "tanh",
            [
              text(transposed(gru.input)), text(transposed(gru.recurrent)),
              text([gru.inputBias, gru.recurrentBias]),
            ]),
          layer(
            "time-distributed-dense", units: 2, [text(transposed(head.weights)), "\(head.bias)"]),
          layer("activation", units: 2, activation: "sigmoid", []),
        ])
      let result = try imported(bytes, file)
      XCTAssertEqual(result.layers.map(\.origin.gateOrder), [nil, "i,f,c,o", "z,r,h", nil])
      var (h, c, k) = ([0.0, 0, 0], [0.0, 0, 0], [0.0, 0])
      assertSameOutputs(result.network, seed: seed) { x in
        let y = StraightLine.sum(StraightLine.product(front.weights, x), front.bias)
          .map { tanh($0) }
        StraightLine.torchLSTM(lstm, y, &h, &c)
        let z = gru.argument(0, h, k).map(StraightLine.logistic)
        let r = gru.argument(1, h, k).map(StraightLine.logistic)
        let n = StraightLine.sum(
          gru.fromInput(2, h), StraightLine.times(r, gru.fromOutput(2, k))
        ).map { tanh($0) }
        k = StraightLine.sum(StraightLine.times(z.map { 1 - $0 }, n), StraightLine.times(z, k))
        return StraightLine.sum(StraightLine.product(head.weights, k), head.bias)
          .map(StraightLine.logistic)
      }
    }
  }

  func testAStateDictInJSONIsReadAtTheTopAndBelowItsName() throws {
    var random = SeededGenerator(seed: 5)
    let gru = random.cell(gates: 3, inputs: 2, units: 2)
    let head = (weights: random.rows(1, 2), bias: random.values(1))
    let state = """
      {"rec.weight_ih_l0": \(text(gru.input)), "rec.weight_hh_l0": \(text(gru.recurrent)),
       "rec.bias_ih_l0": \(gru.inputBias), "rec.bias_hh_l0": \(gru.recurrentBias),
       "lin.weight": \(text(head.weights)), "lin.bias": \(head.bias)}
      """
    for text in [
      state, "{\"model_data\": {\"skip\": 0, \"unit_type\": \"GRU\"}, \"state_dict\": \(state)}",
    ] {
      let result = try imported(Array(text.utf8), file)
      XCTAssertEqual(result.format, .rtneural)
      var h = [0.0, 0]
      assertSameOutputs(result.network, seed: 5) { x in
        StraightLine.torchGRU(gru, x, &h)
        return StraightLine.sum(StraightLine.product(head.weights, h), head.bias)
      }
    }
    let skipping = "{\"model_data\": {\"skip\": 1}, \"state_dict\": \(state)}"
    XCTAssertEqual(refusal(Array(skipping.utf8), file)?.id, "skip-connection")
  }

  func testWhatIsNotSupportedIsRefusedByName() {
    func fault(_ layers: [String], inputs: Int = 1, more: String = "", line: UInt = #line)
      -> String?
    {
      refusal(model(inputs: inputs, layers, more: more), file, line: line)?.id
    }
    let lstm = ["[[1,1,1,1]]", "[[1,1,1,1]]", "[1,1,1,1]"]
    let dense = layer("dense", units: 1, ["[[1]]", "[1]"])
    XCTAssertEqual(fault([layer("conv1d", units: 1, ["[[[1]]]", "[1]"])]), "layer-type")
    XCTAssertEqual(fault([layer("prelu", units: 1, ["[[1]]"])]), "layer-type")
    XCTAssertEqual(fault([layer("lstm", units: 1, activation: "relu", lstm)]), "layer-function")
    XCTAssertEqual(
      fault([layer("dense", units: 1, activation: "elu", ["[[1]]", "[1]"])]), "layer-function")
    XCTAssertEqual(
      fault([layer("dense", units: 1, activation: "softmax", ["[[1]]", "[1]"])]), "softmax")
    XCTAssertEqual(
      fault([layer("activation", units: 1, activation: "tanh", [])]), "loose-activation")
    XCTAssertEqual(
      fault([layer("lstm", units: 1, lstm), layer("activation", units: 1, activation: "tanh", [])]),
      "loose-activation")
    XCTAssertEqual(fault([layer("lstm", units: 1, Array(lstm.prefix(2)))]), "tensor-count")
    XCTAssertEqual(fault([layer("lstm", units: 2, lstm)]), "tensor-shape")
    XCTAssertEqual(fault([layer("lstm", units: 1, lstm)], inputs: 2), "tensor-shape")
    XCTAssertEqual(
      fault([layer("gru", units: 1, ["[[1,1,1]]", "[[1,1,1]]", "[1,1,1]"])]), "tensor-shape")
    XCTAssertEqual(fault([layer("lstm", units: 0, lstm)]), "layer-shape")
    XCTAssertEqual(fault([layer("lstm", units: -1, lstm)]), "layer-shape")
    XCTAssertEqual(fault([dense], inputs: -1), "input-shape")
    XCTAssertEqual(fault([]), "no-layers")
    XCTAssertEqual(fault([dense], more: "\"in_skip\": 1, "), "skip-connection")
    XCTAssertEqual(fault([dense], more: "\"out_gain\": -3, "), "gain")
    XCTAssertEqual(fault([layer("dense", units: 1, ["[[1],[1,2]]", "[1]"])]), "bad-json")
    XCTAssertEqual(fault([layer("dense", units: 1, ["[[1e999]]", "[1]"])]), "bad-json")
    XCTAssertEqual(fault([layer("dense", units: 1, ["[[null]]", "[1]"])]), "bad-json")
  }

  func testDamagedTextIsRefused() {
    let bytes = model(inputs: 1, [layer("dense", units: 1, ["[[1]]", "[1]"])])
    for count in 1..<bytes.count {
      XCTAssertEqual(refusal(Array(bytes[..<count]), file)?.id, "bad-json", "\(count) bytes")
    }
    for text in [
      String(repeating: "{\"layers\":", count: 50_000),
      "{\"in_shape\": [1], \"layers\": \(String(repeating: "[", count: 50_000))",
    ] {
      XCTAssertEqual(refusal(Array(text.utf8), file)?.id, "bad-json")
    }
    XCTAssertEqual(refusal(Array("{}".utf8), file)?.id, "unknown-format")
    XCTAssertEqual(refusal(Array("{}".utf8), file) { $0.format = .synaptic }?.id, "bad-json")
  }
}
