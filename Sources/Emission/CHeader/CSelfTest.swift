import Assets
import Diagnostics
import FixedPoint
import Lowering
import Network
import Numerals
import Simulation

/// The part of a header that proves a build on its target: vectors that cross a reset.
struct CSelfTest {
  static let steps = 24
  /// Step, from 0, in front of which everything is reset.
  static let resetStep = 12
  /// Of the float twin, relative to outputs beyond one: rounding, not behaviour, stays below it.
  static let tolerance = "1e-4f"

  let network: QuantisedNetwork
  let layout: CLayout
  let tables: CTables
  let types: CTypes
  let names: CNames

  func text(assets: AssetLocator) throws(DiagnosticList) -> String {
    let run = vectors()
    let macro = names.macro
    let constants = [
      "#define \(macro)_SELFTEST_STEPS \(Self.steps)",
      "#define \(macro)_SELFTEST_RESET \(Self.resetStep)",
      "#define \(macro)_SELFTEST_TOLERANCE \(Self.tolerance)",
      "#define \(macro)_SELFTEST_TABLES \(CText.hexadecimal(tableDigest))",
    ].joined(separator: "\n")
    let texts = [
      CText.table(names, types.value, "selftest_in", run.inputs.map { "\($0)" }),
      CText.table(names, types.value, "selftest_out", run.outputs.map { "\($0)" }),
      CText.table(names, "float", "selftest_real", run.reals.map { CText.literal(Float($0)) }),
      CText.table(names, "uint32_t", "selftest_digest", run.digests.map(CText.hexadecimal)),
    ].joined(separator: "\n\n")
    let guards = Set([macro + "_SELFTEST", names.name + "_SELFTEST"]).sorted()
    return try StrictTemplate("selftest.h", assets: assets).render([
      "name": names.name, "NAME": macro,
      "guard": guards.map { "defined(\($0))" }.joined(separator: " || "),
      "constants": constants, "tables": texts, "value": types.value, "real": types.real,
      "digests": digested.map(statement).joined(separator: "\n"),
    ])
  }

  private struct Vectors {
    var inputs: [Int32] = []
    var outputs: [Int32] = []
    var reals: [Double] = []
    var digests: [UInt32] = []
  }

  private func vectors() -> Vectors {
    var random = SplitMix64(seed: 2012)
    var fixed = FixedPointSimulator(network)
    var real = FloatSimulator(network.network)
    var result = Vectors()
    for step in 0..<Self.steps {
      if step == Self.resetStep {
        fixed.reset()
        real.reset()
      }
      // Half of the format's range: what an input declares.
      let bits = UInt64(network.plan.activationBits - 1)
      let words = network.inputs.map { _ in
        Int32(truncatingIfNeeded: Int64(random.next() >> (64 - bits)) - (1 << Int64(bits - 1)))
      }
      fixed.step(words)
      real.step(reals(of: words))
      result.inputs += words
      result.outputs += fixed.outputs
      result.reals += real.outputs
      result.digests.append(digest(of: fixed))
    }
    return result
  }

  /// The values of all inputs of the network, those included that are constant.
  private func reals(of words: [Int32]) -> [Double] {
    var values = (0..<network.network.inputCount).map {
      network.factored.levelled.constants[$0] ?? 0
    }
    for (input, word) in zip(network.inputs, words) {
      values[input] = network.valueFormats[input].value(Int64(word))
    }
    return values
  }

  private func digest(of simulator: FixedPointSimulator) -> UInt32 {
    var digest = Digest()
    for value in layout.values.dropFirst(network.inputs.count) {
      digest.add(Int64(simulator.values[value]))
    }
    for state in layout.states { digest.add(simulator.states[state]) }
    return digest.value
  }

  /// FNV-1a over 32-bit words.
  private struct Digest {
    var value: UInt32 = 2_166_136_261

    mutating func add(_ word: Int64) { add(UInt32(truncatingIfNeeded: word)) }
    mutating func add(_ word: UInt32) { value = (value ^ word) &* 16_777_619 }
  }

  /// A table that the digest covers.
  private struct Digested {
    let name: String
    let type: String
    let count: Int
    let words: [UInt32]
  }

  private var digested: [Digested] {
    func integers(_ name: String, _ type: String, _ values: [some BinaryInteger]) -> Digested {
      Digested(
        name: name, type: type, count: values.count,
        words: values.map { UInt32(truncatingIfNeeded: $0) })
    }
    func reals(_ name: String, _ values: [Double]) -> Digested {
      let words = values.flatMap { value -> [UInt32] in
        if types.real == "float" { return [Float(value).bitPattern] }
        let bits = value.bitPattern
        return [UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32)]
      }
      return Digested(name: name, type: types.real, count: values.count, words: words)
    }
    let table = network.plan.table
    return [
      integers("source", types.index, tables.sources.all),
      integers("gater", types.index, tables.gaters.all),
      reals("weight", tables.weights.all),
      reals("constant", tables.constants.all),
      integers("q_weight", types.weight, tables.words.all),
      integers("q_constant", types.constant, tables.constantWords.all),
      integers("q_shift", "int8_t", tables.shifts.all),
      integers("q_base", types.base, table.bases),
      integers("q_slope", types.slope, table.slopes),
    ].filter { !$0.words.isEmpty }
  }

  private var tableDigest: UInt32 {
    var digest = Digest()
    for word in digested.flatMap(\.words) { digest.add(word) }
    return digest.value
  }

  private func statement(_ table: Digested) -> String {
    let read = "\(names.macro)_READ(\(table.type), &\(names.name)_\(table.name)[i])"
    let mixed =
      table.type == types.real
      ? "\(names.name)_real_digest(digest, \(read))"
      : "\(names.name)_digest(digest, (uint32_t)\(read))"
    return """
        for (i = 0; i < \(table.count); ++i)
          digest = \(mixed);
      """
  }
}
