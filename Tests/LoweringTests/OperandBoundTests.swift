import FixedPoint
import GoldenCases
import Network
import XCTest

@testable import Lowering

/// No words that may stand in the memories can make a sum leave its width: each source is put to
/// the end of its range that makes the sum as large, or as small, as it can get.
final class OperandBoundTests: XCTestCase {
  func testNoWordsOverflowTheLanesTheOperandOrTheNodeAccumulator() throws {
    var tightest = Int.max
    for (label, seed, network) in variedNetworks(0..<200) {
      let formats = formats(seed)
      guard
        let quantised = try? Quantiser(.init(formats: formats, inputRange: -4...4)).quantise(
          network.factored())
      else { continue }
      check(quantised, label)
      let plan = quantised.plan
      tightest = min(tightest, plan.operand.width - widestOperand(quantised))
    }
    XCTAssertEqual(tightest, 0, "no bit of the operand is given away")
  }

  func testNoWordsOverflowInTheGoldenCases() throws {
    for golden in GoldenCase.all where golden.name != "random-1000" {
      let formats = NumberFormats(activationBits: 10)
      check(
        try Quantiser(.init(formats: formats)).quantise(golden.network().factored()), golden.name)
    }
  }

  func testLargeWeightsAndConstantsWidenTheOperand() throws {
    func operand(_ weight: Double, _ constants: [Int: Double] = [:]) throws -> QFormat {
      let formats = NumberFormats(
        weightBits: 8, activationBits: 8, state: QFormat(integerBits: 5, width: 16))
      let network = Network.make(
        nodes: 4, inputs: 2, [link(0, 2), link(0, 3, weight), link(1, 3, 1)])
      let factored = network.factored(constantInputs: constants)
      return try Quantiser(.init(formats: formats)).quantise(factored).plan.operand
    }
    // Both inputs have one integer bit and reach from -2 to less than 2.
    XCTAssertEqual(try operand(1.5).description, "Q5.12")
    XCTAssertEqual(try operand(14).description, "Q5.12")
    XCTAssertEqual(try operand(15).description, "Q5.12")
    XCTAssertEqual(try operand(16).description, "Q6.12")
    XCTAssertEqual(try operand(30).description, "Q6.12")
    XCTAssertEqual(try operand(15, [1: 1]).description, "Q5.12")
    XCTAssertEqual(try operand(15, [1: -100]).description, "Q8.12")
  }

  private func check(_ network: QuantisedNetwork, _ label: String) {
    let plan = network.plan
    XCTAssertGreaterThanOrEqual(plan.operand.width, 18, label)
    XCTAssertLessThanOrEqual(plan.nodeAccumulatorBits, 63, label)
    XCTAssertLessThanOrEqual(plan.alignedBits, 63, label)
    for sum in network.sums {
      for extreme in extremes(of: sum, network) {
        XCTAssertTrue(fits(extreme, plan.laneAccumulatorBits), "\(label): lane")
      }
    }
    var largest: Int128 = 0
    for cell in network.cells {
      var ends: [Int128] = [0, 0]
      var magnitude: Int128 = 0
      for addend in network.addends[cell.addends] {
        XCTAssertTrue((0...plan.maxShift).contains(addend.shift), "\(label): shift \(addend.shift)")
        let operands = extremes(of: addend, network)
        for operand in operands {
          XCTAssertTrue(fits(operand, plan.operand.width), "\(label): operand \(operand)")
        }
        let products = operands.flatMap { operand in
          gains(addend.gater, network).map { Int128($0) * operand }
        }
        magnitude += operands.map(abs).max() ?? 0
        ends[0] += products.min() ?? 0
        ends[1] += products.max() ?? 0
      }
      let half = Int128(1) << (plan.activationBits - 2)
      XCTAssertTrue(fits(ends[0], plan.nodeAccumulatorBits), "\(label): node \(cell.value)")
      XCTAssertTrue(fits(ends[1] + half, plan.nodeAccumulatorBits), "\(label): node \(cell.value)")
      XCTAssertLessThanOrEqual(max(-ends[0], ends[1]), network.nodeSumBound, label)
      largest = max(largest, magnitude)
    }
    XCTAssertEqual(network.nodeSumBound, largest << (plan.activationBits - 1), label)
  }

  private func widestOperand(_ network: QuantisedNetwork) -> Int {
    let magnitudes = network.addends.flatMap { extremes(of: $0, network) }
      .map { ($0 < 0 ? ~$0 : $0).magnitude }
    return SaturatingArithmetic.signedWidth(ofMagnitude: UInt64(magnitudes.max() ?? 0))
  }

  private func fits(_ word: Int128, _ width: Int) -> Bool {
    let end = Int128(1) << (width - 1)
    return -end <= word && word < end
  }

  private func gains(_ gater: Operand?, _ network: QuantisedNetwork) -> [Int64] {
    let one = Int64(1) << Int64(network.plan.activationBits - 1)
    return gater == nil ? [one] : [-one, one - 1]
  }

  private func extremes(
    of sum: QuantisedNetwork.Sum, _ network: QuantisedNetwork
  ) -> [Int128] {
    let one = Int128(1) << (network.plan.activationBits - 1)
    let weights = network.terms[sum.terms].map { Int128($0.weight) }
    return [
      weights.reduce(0) { $0 + $1 * ($1 > 0 ? -one : one - 1) },
      weights.reduce(0) { $0 + $1 * ($1 > 0 ? one - 1 : -one) },
    ]
  }

  private func extremes(
    of addend: QuantisedNetwork.Addend, _ network: QuantisedNetwork
  ) -> [Int128] {
    let plan = network.plan
    let aligned: [Int128]
    switch addend.input {
    case .nothing: aligned = [0]
    case .value:
      let one = Int128(1) << (plan.activationBits - 1)
      aligned = [-one << plan.valueLeftShift, (one - 1) << plan.valueLeftShift]
    case .state:
      let format = plan.formats.state
      aligned = [format.minWord, format.maxWord].map { Int128($0) << plan.stateLeftShift }
    case .sum(let sum):
      aligned = extremes(of: network.sums[sum], network).map { $0 << plan.sumLeftShift }
    }
    for word in aligned { XCTAssertTrue(fits(word, plan.alignedBits)) }
    return aligned.map { word in
      Int128(SaturatingArithmetic.roundedShift(Int64(word), by: addend.shift))
        + Int128(addend.constant)
    }
  }

  private func formats(_ seed: UInt64) -> NumberFormats {
    NumberFormats(
      weightBits: [4, 8, 16, 18][Int(seed % 4)], activationBits: [4, 6, 9, 12][Int(seed / 4 % 4)],
      state: NumberFormats.defaultState(width: [8, 12, 16, 24, 32][Int(seed / 16 % 5)]))
  }
}
