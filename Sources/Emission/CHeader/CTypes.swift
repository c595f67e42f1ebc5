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
  /// A product, and a whole weighted sum.
  let product: String
  let row: String
  /// Whether the products of 16-bit weights and bytes of values sum up in 32 bits.
  let canSplit: Bool
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
    let constants =
      layout.runs.flatMap { $0.columns + ($0.argumentBias.map { [$0] } ?? []) }
      .flatMap(\.addends).map(\.constantWord.magnitude).max() ?? 0
    constant = constants <= UInt64(Int32.max) ? "int32_t" : "int64_t"
    let value = UInt64(1) << UInt64(plan.activationBits - 1)
    product = Self.holding((blocks.map(\.largestWord).max() ?? 0) * value)
    let largestSum = blocks.map(\.largestSum).max() ?? 0
    row = Self.holding(largestSum * value)
    canSplit =
      row == "int64_t" && plan.weightBits <= 16 && plan.activationBits <= 16
      && largestSum * 255 <= UInt64(Int32.max)
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
        let magnitude = Double(sign: .plus, exponent: format.integerBits, significand: 1)
        return sum + abs(term.weight) * magnitude
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
      words[lane * sources.count..<(lane + 1) * sources.count].reduce(UInt64(0)) {
        $0 + UInt64($1.magnitude)
      }
    }.max() ?? 0
  }
}
