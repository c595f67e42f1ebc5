import Foundation
import GoldenCases
import XCTest

@testable import FixedPoint

/// The oracle is the C library's exp, whose error is far below any unit here.
final class LogisticTableTests: XCTestCase {
  /// The widest tables have too many words for a debug build.
  func testEveryArgumentWordIsWithinOneUnitOfTheFunction() {
    for bits in 4...(_isDebugAssertConfiguration() ? 14 : 18) {
      let table = anyTable(bits)
      XCTAssertEqual(table.argument.integerBits, 4)
      for curve in curves {
        var worst = 0.0
        for word in table.argument.minWord...table.argument.maxWord {
          worst = max(worst, error(table, word, curve))
        }
        XCTAssertLessThanOrEqual(worst, 1, "\(bits) bits, \(curve)")
        XCTAssertEqual(worst, table.largestError(of: curve), accuracy: 1e-6, "\(bits) bits")
      }
    }
  }

  func testWideTablesAreFaithful() {
    for bits in 14...18 {
      let table = wide(bits)
      var generator = SeededGenerator(seed: UInt64(bits))
      for curve in curves {
        for _ in 0..<20_000 {
          let word = table.argument.word(generator.value(in: -16...16))
          XCTAssertLessThanOrEqual(error(table, word, curve), 1, "\(bits) bits: \(word), \(curve)")
        }
        // Both ends and the middle of every segment and its neighbours.
        for segment in -(1 << table.segmentBits)...1 << table.segmentBits {
          for offset in [-1, 0, 1, 1 << max(0, table.offsetBits - 1)] {
            let word = Int64(segment << table.offsetBits + offset)
            guard (table.argument.minWord...table.argument.maxWord).contains(word) else { continue }
            XCTAssertLessThanOrEqual(
              error(table, word, curve), 1, "\(bits) bits: \(word), \(curve)")
          }
        }
      }
    }
  }

  func testTheSearchFindsTheSizesThatMemoriesAreBuiltFor() {
    XCTAssertEqual(LogisticTable(activationBits: 16), wide(16))
    // The words of 18 bits are too many for the search in a debug build.
    XCTAssertFalse(LogisticTable(activationBits: 18, segmentBits: 9).isFaithful)
    XCTAssertEqual(wide(16).bases.count, 512)
    XCTAssertEqual(wide(18).bases.count, 1024)
  }

  func testWordsFitTheirFields() {
    for bits in NumberFormats.operandWidths {
      let table = anyTable(bits)
      XCTAssertEqual(table.bases.count, 1 << table.segmentBits)
      XCTAssertEqual(table.slopes.count, table.bases.count)
      XCTAssertTrue(table.bases.allSatisfy { $0 >= 0 && $0 < Int64(1) << table.baseBits })
      XCTAssertTrue(table.slopes.allSatisfy { $0 >= 0 && $0 < Int64(1) << table.slopeBits })
      // One unit of the argument is no coarser than one of the activation: low bits only refine.
      XCTAssertGreaterThanOrEqual(table.argument.fractionBits, bits - 1)
      XCTAssertGreaterThanOrEqual(table.offsetBits, 0)
    }
  }

  func testATableWithHalfTheSegmentsIsNotFaithful() {
    for bits in 4...13 {
      let segmentBits = LogisticTable.cached(activationBits: bits).segmentBits
      guard segmentBits > 4 else { continue }
      let coarser = LogisticTable(activationBits: bits, segmentBits: segmentBits - 1)
      XCTAssertFalse(coarser.isFaithful, "\(bits) bits")
    }
    for bits in 14...18 {
      let coarser = LogisticTable(activationBits: bits, segmentBits: wide(bits).segmentBits - 1)
      XCTAssertFalse(coarser.isFaithful, "\(bits) bits")
    }
  }

  /// Rounding the state moves it by half a unit of the argument, which is at most a unit of the
  /// activation. Its effect is half a unit times the largest slope: 1/4 for logistic, 1 for tanh.
  /// With 1 of the table that makes 1.125 and 1.5.
  func testTableOfARoundedStateIsWithinOneAndAHalfUnitsOfTheFunction() {
    for bits in [4, 6, 8, 9, 12, 16, 18] {
      let table = anyTable(bits)
      var generator = SeededGenerator(seed: UInt64(100 + bits))
      var states = (0..<20_000).map { _ in generator.value(in: -15.99...15.99) }
      states += (0..<5000).map { _ in generator.value(in: -1...1) }
      for segment in -(1 << table.segmentBits)..<1 << table.segmentBits {
        let start = table.argument.value(Int64(segment << table.offsetBits))
        let half = table.argument.unit / 2
        states += [start, start + half, (start + half).nextDown]
        states += [start - half, (start - half).nextDown]
      }
      for state in states where table.argument.contains(state) {
        let word = table.argument.word(state)
        for (curve, limit) in zip(curves, [1.125, 1.5]) {
          let units = Double(table.word(word, curve)) - exact(state, curve) * scale(table)
          XCTAssertLessThanOrEqual(abs(units), limit, "\(bits) bits: \(state), \(curve)")
        }
      }
    }
  }

  func testStatesBeyondTheArgumentRangeStayWithinOneAndAHalfUnits() {
    for bits in [4, 8, 16, 18] {
      let table = anyTable(bits)
      for state in [-1e6, -100, -17, -16.0, 16, 17, 100, 1e6] {
        for curve in curves {
          let word = table.word(table.argument.word(state), curve)
          let units = Double(word) - exact(state, curve) * scale(table)
          XCTAssertLessThanOrEqual(abs(units), 1.5, "\(bits) bits: \(state), \(curve)")
        }
      }
    }
  }

  /// Ties round upwards on both sides, so the sum of f(x) and f(-x) may be one unit too high.
  func testBothHalvesAreSymmetricUpToARoundingTieAndTheClip() {
    for bits in [4, 5, 8, 11, 16] {
      let table = anyTable(bits)
      let one = Int64(1) << Int64(bits - 1)
      for word in strided(table, 1) where word <= table.argument.maxWord {
        let logistic = table.word(word, .logistic) + table.word(-word, .logistic)
        XCTAssertTrue((one - 1...one + 1).contains(logistic), "\(bits) bits: \(word)")
        let tanh = table.word(word, .tanh) + table.word(-word, .tanh)
        XCTAssertTrue((-1...1).contains(tanh), "\(bits) bits: \(word)")
      }
      XCTAssertEqual(table.word(0, .logistic), one / 2)
      XCTAssertEqual(table.word(0, .tanh), 0)
    }
  }

  func testOutputsAreClippedOneUnitBelowOne() {
    for bits in NumberFormats.operandWidths {
      let table = anyTable(bits)
      let one = Int64(1) << Int64(bits - 1)
      XCTAssertEqual(table.word(table.argument.maxWord, .logistic), one - 1, "\(bits) bits")
      XCTAssertEqual(table.word(table.argument.maxWord, .tanh), one - 1, "\(bits) bits")
      XCTAssertEqual(table.word(table.argument.minWord, .logistic), 0, "\(bits) bits")
      XCTAssertEqual(table.word(table.argument.minWord, .tanh), -one, "\(bits) bits")
    }
  }

  func testTheCurvesNeverFall() {
    for bits in NumberFormats.operandWidths {
      let table = anyTable(bits)
      let reach = 2 * Int64(1) << Int64(table.offsetBits)
      for curve in curves {
        // Between its ends a segment rises; wide tables are tried around the ends only.
        for segment in -(1 << table.segmentBits)...1 << table.segmentBits {
          let start = Int64(segment << table.offsetBits)
          let near = bits < 13 ? start - reach...start : start - 4...start + 4
          let words = near.clamped(to: table.argument.minWord...table.argument.maxWord)
          var previous = table.word(words.lowerBound, curve)
          for word in words {
            let next = table.word(word, curve)
            XCTAssertGreaterThanOrEqual(next, previous, "\(bits) bits: \(word), \(curve)")
            previous = next
          }
        }
      }
    }
  }

  func testADamagedTableIsFoundUnfaithful() {
    let table = LogisticTable.cached(activationBits: 10)
    XCTAssertTrue(table.isFaithful)
    let unit = Int64(1) << Int64(LogisticTable.guardBits)
    for segment in [0, 1, table.bases.count / 2, table.bases.count - 1] {
      for damage in [2 * unit, -2 * unit] {
        XCTAssertFalse(table.changed(segment, base: damage).isFaithful, "base \(segment)")
        XCTAssertFalse(table.changed(segment, slope: 2 * damage).isFaithful, "slope \(segment)")
      }
    }
  }

  /// The table of a width whose search is slow in a debug build; half of these sizes is too small.
  private func wide(_ bits: Int) -> LogisticTable {
    LogisticTable(activationBits: bits, segmentBits: bits / 2 + (bits % 2 == 0 ? 1 : 2))
  }

  private func anyTable(_ bits: Int) -> LogisticTable {
    bits < 14 ? LogisticTable.cached(activationBits: bits) : wide(bits)
  }

  private let curves: [LogisticTable.Curve] = [.logistic, .tanh]

  private func scale(_ table: LogisticTable) -> Double { Double(1 << (table.activationBits - 1)) }

  private func exact(_ x: Double, _ curve: LogisticTable.Curve) -> Double {
    curve == .tanh ? tanh(x) : x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x))
  }

  private func error(
    _ table: LogisticTable, _ word: Int64, _ curve: LogisticTable.Curve
  ) -> Double {
    abs(Double(table.word(word, curve)) - exact(table.argument.value(word), curve) * scale(table))
  }

  private func strided(_ table: LogisticTable, _ first: Int64) -> StrideThrough<Int64> {
    stride(from: first, through: table.argument.maxWord, by: table.activationBits > 12 ? 17 : 1)
  }
}

extension LogisticTable {
  /// The same table with one segment's words changed.
  fileprivate func changed(_ segment: Int, base: Int64 = 0, slope: Int64 = 0) -> LogisticTable {
    var (bases, slopes) = (bases, slopes)
    bases[segment] += base
    slopes[segment] += slope
    return LogisticTable(
      activationBits: activationBits, segmentBits: segmentBits, bases: bases, slopes: slopes)
  }
}
