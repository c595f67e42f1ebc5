import GoldenCases
import Network
import XCTest

@testable import Lowering

final class BundlingTests: XCTestCase {
  private func problem(
    _ name: String, lanes: Int, units: Int, lanesPerStream: Int
  ) throws -> ScheduleProblem {
    let network = try GoldenCase.named(name).network().quantised()
    let map = MemoryMap(network)
    let profile = PipelineProfile.shallow.fitting(network)
    let bound = LowerBound(
      network, map, lanes: lanes, units: units, profile: profile, recurrence: 1)
    return ScheduleProblem(
      network, map, profile: profile, lanes: lanes, units: units, lanesPerStream: lanesPerStream,
      bound: bound)
  }

  func testASumByItselfIsABundleOfItsTerms() throws {
    let work = try problem("trained-dsr", lanes: 4, units: 1, lanesPerStream: 1).work
    let network = try GoldenCase.named("trained-dsr").network().quantised()
    XCTAssertEqual(work.members, network.sums.indices.map { [Int32($0)] })
    XCTAssertEqual(work.positionCount, network.terms.count)
    for sum in network.sums.indices {
      XCTAssertEqual(
        work.positions[sum].map { work.term(at: $0, member: 0) },
        network.sums[sum].terms.map { Int32($0) })
    }
  }

  func testBundlesHoldEverySumOnceAndReadEqualSources() throws {
    for (name, units) in [("ext-standard-lstm", 1), ("ext-standard-lstm", 2), ("random-200", 2)] {
      let problem = try problem(name, lanes: 8, units: units, lanesPerStream: 4)
      let (work, network) = (problem.work, problem.network)
      XCTAssertEqual(work.members.flatMap { $0 }.sorted(), network.sums.indices.map(Int32.init))
      var terms: [Int32] = []
      for (bundle, members) in work.members.enumerated() {
        XCTAssertTrue((1...4).contains(members.count))
        for sum in members {
          XCTAssertEqual(
            problem.unitOfCell[Int(problem.cellOfSum[Int(sum)])], problem.unitOfBundle[bundle])
          XCTAssertEqual(work.positions[bundle].count, network.sums[Int(sum)].terms.count)
        }
        for position in work.positions[bundle] {
          let row = members.indices.compactMap { work.term(at: position, member: $0) }
          XCTAssertEqual(Set(row.map { network.terms[Int($0)].source }).count, 1)
          XCTAssertNil(work.term(at: position, member: members.count))
          for (sum, term) in zip(members, row) {
            XCTAssertTrue(network.sums[Int(sum)].terms.contains(Int(term)))
          }
          terms += row
        }
      }
      XCTAssertEqual(terms.sorted(), network.terms.indices.map(Int32.init))
    }
  }

  /// The four sums of every block of a standard LSTM have the same sources.
  func testSharedSourcesCostAFullyConnectedLayerNoTime() throws {
    let network = try GoldenCase.named("ext-standard-lstm").network().quantised()
    let own = Scheduler(lanes: 4).schedule(network)
    let shared = Scheduler(lanes: 4, lanesPerStream: 4).schedule(network)
    XCTAssertLessThanOrEqual(shared.period * 50, own.period * 51)
    XCTAssertEqual(shared.streams, 1)
  }

  func testABundleIsAsLongAsItsSumsWhereSourcesDiffer() throws {
    let problem = try problem("random-200", lanes: 4, units: 1, lanesPerStream: 4)
    XCTAssertGreaterThan(4 * problem.streamBound, problem.network.terms.count)
  }
}
