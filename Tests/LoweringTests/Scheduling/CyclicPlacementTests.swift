import GoldenCases
import XCTest

@testable import Lowering

final class CyclicPlacementTests: XCTestCase {
  private let settings = RollingSchedule.Settings(
    minimumRun: 4, isEager: true, stagger: 0, cutsBundles: true)

  private func problem(_ name: String, lanes: Int, units: Int) throws -> ScheduleProblem {
    let network = try GoldenCase.named(name).network().quantised()
    let profile = PipelineProfile.shallow.fitting(network)
    let map = MemoryMap(network)
    let bound = LowerBound(
      network, map, lanes: lanes, units: units, profile: profile, recurrence: 1)
    return ScheduleProblem(
      network, map, profile: profile, lanes: lanes, units: units, bound: bound)
  }

  /// A step of a rolling schedule of one period, settled in another one.
  private func settled(
    _ problem: ScheduleProblem, rolling: Int, period: Int, cutsAtOnce: Bool = false
  ) throws -> StepPlacement? {
    var schedule = RollingSchedule(problem, period: rolling, settings)
    _ = schedule.run(maximumSteps: 5)
    let step = try XCTUnwrap(schedule.lastCompleteStep)
    var cyclic = CyclicPlacement(
      problem, schedule.steps[step], period: Int32(period), heights: schedule.heights,
      minimumRun: 4, cutsAtOnce: cutsAtOnce)
    return cyclic.settled(maximumSweeps: 60)
  }

  func testWhatIsSettledMeetsNothingOfItself() throws {
    for (lanes, units, slack) in [(1, 1, 1), (4, 1, 8), (8, 2, 8)] {
      let problem = try problem("trained-dsr", lanes: lanes, units: units)
      let bound = (problem.network.terms.count + lanes - 1) / lanes
      // Twice the time is enough for any recurrence of this network.
      for period in [2 * bound + slack, 3 * bound] {
        for cutsAtOnce in [false, true] {
          let placement = try XCTUnwrap(
            try settled(problem, rolling: 3 * bound, period: period, cutsAtOnce: cutsAtOnce))
          check(placement, problem, period)
          let schedule = try XCTUnwrap(
            SteadyState(problem, placement, period: period)?.schedule())
          XCTAssertNoThrow(try ScheduleChecker(problem.network, schedule).check())
        }
      }
    }
  }

  private func check(_ placement: StepPlacement, _ problem: ScheduleProblem, _ period: Int) {
    var slots: Set<[Int]> = []
    var arrivals: Set<[Int]> = []
    var terms: [Int32] = []
    for run in placement.runs {
      for offset in 0..<run.count {
        let slot = Int(run.start + offset) % period
        XCTAssertTrue(slots.insert([Int(run.stream), slot]).inserted, "two terms in a slot")
        terms.append(placement.order[Int(run.first + offset)])
      }
      let unit = Int(run.stream) / problem.lanesPerUnit
      let arrival = Int(run.start + run.count) - 1 + Int(run.stream) % problem.lanesPerUnit
      XCTAssertTrue(arrivals.insert([unit, arrival % period]).inserted, "two sums meet")
    }
    XCTAssertEqual(terms.sorted(), problem.network.terms.indices.map(Int32.init))
  }

  func testAPeriodThatLanesOrRecurrenceForbidDoesNotSettle() throws {
    let problem = try problem("trained-dsr", lanes: 4, units: 1)
    let bound = (problem.network.terms.count + 3) / 4
    XCTAssertNil(try settled(problem, rolling: 3 * bound, period: bound - 1))
    let wide = try self.problem("trained-dsr", lanes: 64, units: 4)
    let recurrence = RecurrenceAnalysis.cycles(wide.network, wide.profile)
    XCTAssertNil(try settled(wide, rolling: 3 * recurrence, period: recurrence - 1))
  }
}
