/// Four gates side by side.
struct GateVector: Sendable {
  let sums: SIMD4<Int32>
  let values: SIMD4<Int32>
  let scales: SIMD4<Double>
  let ties: SIMD4<Double>
  let constants: SIMD4<Double>

  /// Gates in fours; those that are missing at the end take a sum of zero to the value `spare`.
  static func vectors(_ gates: [Gate], spare: Int, _ blocks: DotProductBlocks) -> [GateVector] {
    stride(from: 0, to: gates.count, by: 4).map { start in
      var sums = SIMD4(repeating: Int32(blocks.zero))
      var values = SIMD4(repeating: Int32(spare))
      var scales = SIMD4(repeating: 1.0)
      var ties = SIMD4(repeating: 0.0)
      var constants = SIMD4(repeating: 0.0)
      for (lane, gate) in gates[start..<min(start + 4, gates.count)].enumerated() {
        (sums[lane], values[lane]) = (gate.sum, gate.value)
        (scales[lane], ties[lane], constants[lane]) = (gate.scale, gate.tie, gate.constant)
      }
      return GateVector(
        sums: sums, values: values, scales: scales, ties: ties, constants: constants)
    }
  }
}
