import Foundation
import GoldenCases
import Network
import XCTest

@testable import Importing

final class ModelLoweringTests: XCTestCase {
  private func gate(_ w: CellWeights, _ index: Int) -> GateWeights {
    func matrix(_ rows: [[Double]]) -> Matrix {
      Matrix(rows: rows.count, columns: rows[0].count, rows.flatMap { $0 })
    }
    let part = w.rows(index)
    return GateWeights(
      input: matrix(Array(w.input[part])), recurrent: matrix(Array(w.recurrent[part])),
      bias: StraightLine.sum(Array(w.inputBias[part]), Array(w.recurrentBias[part])))
  }

  private func lstm(_ w: CellWeights) -> LSTMLayer {
    LSTMLayer(
      inputGate: gate(w, 0), forgetGate: gate(w, 1), cell: gate(w, 2), outputGate: gate(w, 3))
  }

  private func network(_ kind: Layer.Kind) throws -> Network {
    let layer = Layer(kind, origin: LayerOrigin(name: "a", tensors: []))
    return ModelLowering().lower(
      try RecurrentModel(inputCount: layer.inputCount, layers: [layer], file: "f"))
  }

  func testPeepholesReadTheStateBeforeItsFunction() throws {
    for seed in 0..<6 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let w = random.cell(gates: 4, inputs: 2, units: 3)
      let p = random.rows(3, 3)
      let start = (h: random.values(3), c: random.values(3, 2))
      var layer = lstm(w)
      layer.peepholes = .init(input: p[0], forget: p[1], output: p[2])
      layer.initialOutput = start.h
      layer.initialState = start.c
      var (h, c) = start
      assertSameOutputs(try network(.lstm(layer)), seed: seed) { x in
        let i = StraightLine.sum(w.argument(0, x, h), StraightLine.times(p[0], c))
          .map(StraightLine.logistic)
        let f = StraightLine.sum(w.argument(1, x, h), StraightLine.times(p[1], c))
          .map(StraightLine.logistic)
        let g = w.argument(2, x, h).map { tanh($0) }
        c = StraightLine.sum(StraightLine.times(f, c), StraightLine.times(i, g))
        let o = StraightLine.sum(w.argument(3, x, h), StraightLine.times(p[2], c))
          .map(StraightLine.logistic)
        h = StraightLine.times(o, c.map { tanh($0) })
        return h
      }
    }
  }

  func testASquashedStateIsFedBackButForTheFirstStep() throws {
    var random = SeededGenerator(seed: 4)
    let w = random.cell(gates: 4, inputs: 2, units: 3)
    var layer = lstm(w)
    layer.feedback = .squashed
    var state = StraightLine.DLLState(units: 3)
    assertSameOutputs(try network(.lstm(layer)), seed: 4) { x in
      StraightLine.dll(w, x, &state)
      return state.h
    }
  }

  func testAResetBeforeTheProductGatesTheOutput() throws {
    for seed in 0..<6 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let w = random.cell(gates: 3, inputs: 2, units: 3)
      let start = random.values(3)
      let candidate = gate(w, 2)
      var layer = GRULayer(
        reset: gate(w, 0), update: gate(w, 1),
        candidate: GateWeights(
          input: candidate.input, recurrent: candidate.recurrent,
          bias: Array(w.inputBias[w.rows(2)])),
        recurrentBias: Array(w.recurrentBias[w.rows(2)]), resetPlace: .beforeProduct)
      layer.initialOutput = start
      layer.candidateFunction = .relu
      var h = start
      assertSameOutputs(try network(.gru(layer)), seed: seed) { x in
        let r = w.argument(0, x, h).map(StraightLine.logistic)
        let z = w.argument(1, x, h).map(StraightLine.logistic)
        let n = StraightLine.sum(w.fromInput(2, x), w.fromOutput(2, StraightLine.times(r, h)))
          .map { max(0, $0) }
        h = StraightLine.sum(
          StraightLine.times(z.map { 1 - $0 }, n), StraightLine.times(z, h))
        return h
      }
    }
  }

  func testNetworksBeyondTheLimitsAreRefused() {
    let wide = Layer(
      .dense(
        DenseLayer(
          weights: Matrix(rows: 1 << 18, columns: 1, .init(repeating: 0, count: 1 << 18)), bias: nil
        )),
      origin: LayerOrigin(name: "a", tensors: [.init("w", [1 << 18, 1])]))
    XCTAssertThrowsError(try RecurrentModel(inputCount: 1, layers: [wide], file: "f"))
    XCTAssertThrowsError(try RecurrentModel(inputCount: 1, layers: [], file: "f"))
  }
}
