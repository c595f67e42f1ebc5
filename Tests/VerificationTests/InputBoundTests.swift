import FixedPoint
import GoldenCases
import Lowering
import NetSpec
import Simulation
import XCTest

@testable import Verification

/// Networks that wait for their inputs: the input port and the write-back bus set the period, and one
/// cycle that the compiler does not know of makes a step miss its turn.
final class InputBoundTests: XCTestCase {
  /// Sums of a few of many inputs, hidden ones first.
  private func network(inputs: Int, hidden: Int, outputs: Int, seed: UInt64) throws
    -> QuantisedNetwork
  {
    var generator = SeededGenerator(seed: seed)
    var text = "\(inputs), \(outputs)\n"
    for node in inputs..<inputs + hidden + outputs {
      var sources = Set((0...generator.below(3)).map { _ in generator.below(inputs) })
      if hidden > 0, node >= inputs + hidden {
        sources.insert(inputs + generator.below(hidden))
      }
      for source in sources.sorted() {
        text += "\(node), \(source), \(Double(generator.below(200) - 100) / 100), -1\n"
      }
    }
    let document = try NetSpecReader().read(Array(text.utf8), file: "network")
    return try Quantiser(.init(inputRange: -1...1)).quantise(
      GateFactorer().factor(Levelizer().levelize(document.network)))
  }

  func testTheDoorIsOpenWhenTheScheduleSaysSo() async throws {
    let profiles = [PipelineProfile.shallow, .balanced, .deep, .segmented]
    for (index, shape) in [(20, 0, 3), (12, 0, 3), (20, 2, 5), (60, 4, 2)].enumerated() {
      let network = try network(
        inputs: shape.0, hidden: shape.1, outputs: shape.2, seed: UInt64(index))
      for (lanes, profile) in [2, 4].flatMap({ lanes in profiles.map { (lanes, $0) } }) {
        let schedule = Scheduler(lanes: lanes, profile: profile).schedule(network)
        let design = HardwareDesign(network, schedule)
        let inputs = WordSequences(
          sequences: [(0..<12).map { step in (0..<shape.0).map { Int32($0 * 97 + step * 1001) } }])
        let run = try await TemporaryCore.use(design) { name, folder in
          try await HardwareRun(design, name: name, folder: folder, inputs, engine: Engines.icarus)
        }
        let place = "\(shape), \(lanes) lanes, \(profile)"
        XCTAssertEqual(run.period, schedule.period, place)
        let expected = try ModelRun(network, inputs).outputs
        XCTAssertEqual(run.frames.count, inputs.stepCount, place)
        XCTAssertEqual(Comparison(expected: expected, actual: run.frames).mismatches, 0, place)
      }
    }
  }
}
