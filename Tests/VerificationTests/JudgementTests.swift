import DataSets
import XCTest

@testable import Verification

final class JudgementTests: XCTestCase {
  func testThresholdWantsEveryOutputOnItsSide() {
    let found = judge(.threshold, [[[0.9, 0.1], [0.6, 0.6]]], [[[1, 0], [1, 0]]])
    XCTAssertEqual(found.stepsRight, 1)
    XCTAssertEqual(found.sequencesRight, 0)
    XCTAssertEqual(found.accuracy, 0.5)
    XCTAssertEqual(found.firstWrong?.step, 1)
  }

  func testRowsWithoutLabelsAreNotJudged() {
    let found = judge(.threshold, [[[0.9], [0.9]], [[0.9]]], [[[1], nil], [nil]])
    XCTAssertEqual(found.steps, 1)
    XCTAssertEqual(found.sequences, 1)
    XCTAssertEqual(found.sequencesRight, 1)
    XCTAssertNil(judge(.threshold, [[[0.9]]], [[nil]]).accuracy)
  }

  func testArgmaxTakesOneHotLabelsAndClassNumbers() {
    let outputs = [[[0.1, 0.3, 0.2], [0.5, 0.3, 0.2]]]
    XCTAssertEqual(judge(.argmax, outputs, [[[0, 1, 0], [0, 1, 0]]]).stepsRight, 1)
    XCTAssertEqual(judge(.argmax, outputs, [[[1], [0]]]).stepsRight, 2)
  }

  func testLastArgmaxAsksOnlyTheLastJudgedStep() {
    let outputs = [[[0.1, 0.3], [0.5, 0.3], [0.1, 0.3]]]
    let found = judge(.lastArgmax, outputs, [[[0], [0], nil]])
    XCTAssertEqual(found.steps, 1)
    XCTAssertEqual(found.stepsRight, 1)
    XCTAssertEqual(judge(.lastArgmax, outputs, [[[0], [1], nil]]).stepsRight, 0)
  }

  func testRankWantsLegalOutputsAboveAllOthers() {
    let outputs = [[[0.4, 0.1, 0.3]]]
    XCTAssertEqual(judge(.rank, outputs, [[[1, 0, 1]]]).stepsRight, 1)
    XCTAssertEqual(judge(.rank, outputs, [[[1, 1, 0]]]).stepsRight, 0)
    // An equal one does not exceed.
    XCTAssertEqual(judge(.rank, [[[0.4, 0.4]]], [[[1, 0]]]).stepsRight, 0)
  }

  func testErrorsAreMeasuredWhereBothHaveValues() {
    let found = ErrorMeasure(
      data([[[1, 2], [3, 4]], [[5, 5]]]), against: data([[[1, 2.5], nil], [[5, 2]]]))
    XCTAssertEqual(found.largest, 3)
    XCTAssertEqual(found.worst, .init(sequence: 1, step: 0, output: 1))
    XCTAssertEqual(found.rootMeanSquare, (9.25 / 4).squareRoot())
  }

  private func judge(
    _ judge: Judge, _ outputs: [[[Double]]], _ labels: [[[Double]?]]
  ) -> Judgement {
    Judgement(data(outputs), labels: data(labels), judge: judge)
  }

  private func data(_ sequences: [[[Double]?]]) -> DataSet {
    let width = sequences.joined().compactMap { $0?.count }.first ?? 1
    return DataSet(
      columnCount: width,
      sequences: sequences.map { rows in
        var sequence = DataSequence(columnCount: width)
        for row in rows {
          if let row { sequence.append(row) } else { sequence.appendStepWithoutValues() }
        }
        return sequence
      })
  }
}
