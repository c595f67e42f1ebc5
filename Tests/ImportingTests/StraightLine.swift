import Foundation

/// The equations of the formats' own documents, one step at a time on plain arrays: what an imported
/// network is held against. Nothing here knows nodes, gaters, or the importers' types.
enum StraightLine {
  static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  static func product(_ rows: [[Double]], _ x: [Double]) -> [Double] {
    rows.map { row in
      var sum = 0.0
      for k in row.indices { sum += row[k] * x[k] }
      return sum
    }
  }

  static func sum(_ parts: [Double]...) -> [Double] {
    parts[0].indices.map { k in parts.reduce(0) { $0 + $1[k] } }
  }

  static func times(_ a: [Double], _ b: [Double]) -> [Double] { a.indices.map { a[$0] * b[$0] } }
}

/// Weights of one recurrent layer in rows, gate by gate.
struct CellWeights {
  var input: [[Double]]
  var recurrent: [[Double]]
  /// bias_ih and bias_hh; zeros where there are none.
  var inputBias: [Double]
  var recurrentBias: [Double]

  var unitCount: Int { recurrent[0].count }

  /// The rows of one gate.
  func rows(_ gate: Int) -> Range<Int> { gate * unitCount..<(gate + 1) * unitCount }

  /// W x + b of one gate.
  func fromInput(_ gate: Int, _ x: [Double]) -> [Double] {
    StraightLine.sum(
      StraightLine.product(Array(input[rows(gate)]), x), Array(inputBias[rows(gate)]))
  }

  /// U h + b of one gate.
  func fromOutput(_ gate: Int, _ h: [Double]) -> [Double] {
    StraightLine.sum(
      StraightLine.product(Array(recurrent[rows(gate)]), h), Array(recurrentBias[rows(gate)]))
  }

  /// The whole argument of a gate.
  func argument(_ gate: Int, _ x: [Double], _ h: [Double]) -> [Double] {
    StraightLine.sum(fromInput(gate, x), fromOutput(gate, h))
  }
}

extension StraightLine {
  /// torch.nn.LSTM: gates i, f, g, o.
  static func torchLSTM(
    _ w: CellWeights, _ x: [Double], _ h: inout [Double], _ c: inout [Double]
  ) {
    let i = w.argument(0, x, h).map(logistic)
    let f = w.argument(1, x, h).map(logistic)
    let g = w.argument(2, x, h).map { tanh($0) }
    let o = w.argument(3, x, h).map(logistic)
    c = sum(times(f, c), times(i, g))
    h = times(o, c.map { tanh($0) })
  }

  /// torch.nn.GRU: gates r, z, n.
  static func torchGRU(_ w: CellWeights, _ x: [Double], _ h: inout [Double]) {
    let r = w.argument(0, x, h).map(logistic)
    let z = w.argument(1, x, h).map(logistic)
    let n = sum(w.fromInput(2, x), times(r, w.fromOutput(2, h))).map { tanh($0) }
    h = sum(times(z.map { 1 - $0 }, n), times(z, h))
  }
}

extension StraightLine {
  struct DLLState {
    var h: [Double]
    var s: [Double]
    var isFirst = true

    init(units: Int) {
      h = .init(repeating: 0, count: units)
      s = h
    }
  }

  /// DLL's cell; gates i, f, g, o.
  static func dll(_ w: CellWeights, _ x: [Double], _ state: inout DLLState) {
    let i = w.argument(0, x, state.h).map(logistic)
    let f = w.argument(1, x, state.h).map(logistic)
    let g = w.argument(2, x, state.h).map { tanh($0) }
    let o = w.argument(3, x, state.h).map(logistic)
    if state.isFirst {
      state.s = times(g, i)
      state.h = times(state.s.map { tanh($0) }, o)
    } else {
      state.s = sum(times(g, i), times(state.s, f)).map { tanh($0) }
      state.h = times(state.s, o)
    }
    state.isFirst = false
  }
}
