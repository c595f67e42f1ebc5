import Lowering

/// The narrowest C types in which every calculation of the header is exact.
struct CTypes {
  /// Value slots, and offsets into tables.
  let index: String
  let offset: String
  /// Of the float twin's weights, values and weighted sums.
  let real: String
  let weight: String
  let value: String
  let state: String
  let constant: String
  /// Sum of two products, and a whole weighted sum.
  let pair: String
  let row: String
  /// Arithmetic of the logistic table, its bases and its slopes.
  let curve: String
  let base: String
  let slope: String

  init(_ network: QuantisedNetwork, _ layout: CLayout) {
    let plan = network.plan
    index = Self.unsigned(layout.values.count - 1)
    let blocks = layout.runs.flatMap(\.columns).flatMap(\.blocks)
    offset = Self.unsigned(
      max(
        blocks.reduce(0) { $0 + $1.words.count }, layout.values.count,
        layout.runs.flatMap(\.columns).reduce(0) { $0 + $1.addends.count + $1.sourceCount }))
    real = Self.needsDouble(network, layout) ? "double" : "float"
    weight = Self.signed(plan.weightBits)
    value = Self.signed(plan.activationBits)
    state = Self.signed(plan.formats.state.width)
    let columns = layout.runs.flatMap { $0.columns + ($0.argumentBias.map { [$0] } ?? []) }
    let constants = columns.flatMap(\.addends).map(\.constantWord.magnitude).max() ?? 0
    constant = constants <= UInt64(Int32.max) ? "int32_t" : "int64_t"
    let value = UInt64(1) << UInt64(plan.activationBits - 1)
    pair = Self.holding(2 * (blocks.map(\.largestWord).max() ?? 0) * value)
    row = Self.holding((blocks.map(\.largestSum).max() ?? 0) * value)
    let table = plan.table
    // Twice the result and the half that rounds it must fit.
    curve = table.baseFractionBits + table.offsetBits + 3 <= 32 ? "int32_t" : "int64_t"
    base = Self.signed(table.baseBits + 1)
    slope = Self.signed(table.slopeBits + 1)
  }

  /// A number as a literal of the float twin's type.
  func literal(_ value: Double) -> String {
    real == "float" ? CText.literal(Float(value)) : CText.literal(value)
  }

  private static func unsigned(_ largest: Int) -> String {
    // The widest is signed, so that a loop counter compares with it.
    largest <= UInt8.max ? "uint8_t" : largest <= UInt16.max ? "uint16_t" : "int32_t"
  }

  private static func signed(_ bits: Int) -> String {
    bits <= 8 ? "int8_t" : bits <= 16 ? "int16_t" : "int32_t"
  }

  private static func holding(_ magnitude: UInt64) -> String {
    magnitude <= UInt64(Int32.max) ? "int32_t" : "int64_t"
  }

  /// Weighted sums beyond this lose so many bits in float that outputs would show it.
  private static let largestFloatSum = 64.0

  private static func needsDouble(_ network: QuantisedNetwork, _ layout: CLayout) -> Bool {
    for case .row(let terms) in layout.runs.flatMap(\.columns).flatMap(\.addends).map(\.input) {
      let bound = terms.reduce(0.0) { sum, term in
        let format = network.valueFormats[term.source.value]
        return sum + abs(term.weight)
          * Double(sign: .plus, exponent: format.integerBits, significand: 1)
      }
      if bound > largestFloatSum { return true }
    }
    return false
  }
}

extension CLayout.Column {
  /// Entries of the table of sources, shared lists counted each time.
  fileprivate var sourceCount: Int {
    blocks.reduce(input == .value ? addends.count : 0) { $0 + $1.sources.count }
  }
}

extension CBlock {
  fileprivate var largestWord: UInt64 { words.map { UInt64($0.magnitude) }.max() ?? 0 }

  /// Largest sum of magnitudes of a lane.
  fileprivate var largestSum: UInt64 {
    (0..<laneCount).map { lane in
      stride(from: lane, to: words.count, by: laneCount).reduce(UInt64(0)) {
        $0 + UInt64(words[$1].magnitude)
      }
    }.max() ?? 0
  }
}
