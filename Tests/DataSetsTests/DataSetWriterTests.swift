import GoldenCases
import XCTest

@testable import DataSets

final class DataSetWriterTests: XCTestCase {
  func testShapeOfTheInputIsMirrored() throws {
    let text = "0.5,-0.0\n-\n\n-\n\n1e-05,5e-324\n3.0,1e+16\n"
    XCTAssertEqual(written(try read(text, columns: 2)), text)
  }

  func testEmptyDataSetIsAnEmptyText() {
    XCTAssertEqual(written(DataSet(columnCount: 4)), "")
  }

  func testStepsOfNoColumnsDoNotLookLikeBlankLines() throws {
    var sequence = DataSequence(columnCount: 0)
    sequence.append([])
    sequence.append([])
    XCTAssertEqual(written(DataSet(columnCount: 0, sequences: [sequence])), "-\n-\n")
  }

  func testRandomDataReadsBackUnchanged() throws {
    for seed in UInt64(1)...50 {
      let data = randomDataSet(seed: seed)
      let copy = try DataSetReader(columnCount: data.columnCount)
        .read(DataSetWriter().write(data), file: "random.csv")
      XCTAssertEqual(copy, data, "seed \(seed)")
    }
  }

  private func written(_ data: DataSet) -> String {
    String(decoding: DataSetWriter().write(data), as: UTF8.self)
  }

  private func randomDataSet(seed: UInt64) -> DataSet {
    var generator = SeededGenerator(seed: seed)
    var data = DataSet(columnCount: Int.random(in: 1...5, using: &generator))
    for _ in 0..<Int.random(in: 0...4, using: &generator) {
      var sequence = DataSequence(columnCount: data.columnCount)
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        if Bool.random(using: &generator) {
          sequence.appendStepWithoutValues()
        } else {
          sequence.append(
            (0..<data.columnCount).map { _ in Double.random(in: -2...2, using: &generator) })
        }
      }
      data.append(sequence)
    }
    return data
  }
}
