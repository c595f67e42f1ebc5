import Diagnostics
import GoldenCases
import Lowering
import XCTest

@testable import Compilation

/// The search is held against all configurations, with a model of round numbers.
final class ConfigurationSearchTests: XCTestCase {
  /// Size grows with lanes, clock falls with them; the second profile is larger and slower.
  private static let models = [
    FittedModel(
      family: .ecp5, profile: .shallow,
      luts: FittedSum(.init(1000), .init(10, "LANES", "VALUE_BITS")),
      flipFlops: FittedSum(.init(200, "LANES")), clock: ClockCurve(.init(1, 200), .init(16, 140))),
    FittedModel(
      family: .ecp5, profile: .medium,
      luts: FittedSum(.init(2000), .init(10, "LANES", "VALUE_BITS")),
      flipFlops: FittedSum(.init(300, "LANES")), clock: ClockCurve(.init(1, 220), .init(16, 160))),
  ]

  private func quantised(_ name: String) throws -> QuantisedNetwork {
    var options = CompilerOptions()
    options.target = .ecp5
    return try Pipeline(options).quantised(GoldenCase.named(name).network())
  }

  /// Every configuration with its prediction.
  private func all(
    _ network: QuantisedNetwork, _ counts: [Int]
  ) -> [(Configuration, Prediction)] {
    counts.flatMap { lanes in
      Self.models.map { model in
        let schedule = Scheduler(lanes: lanes, profile: model.profile.profile).schedule(network)
        let design = HardwareDesign(network, schedule)
        return (
          Configuration(lanes: lanes, profile: model.profile),
          Prediction(design, target: .ecp5, model: model)
        )
      }
    }
  }

  private func time(_ prediction: Prediction) throws -> Double {
    try XCTUnwrap(prediction.periodMicroseconds)
  }

  func testTheFastestIsNoSlowerThanAnyThatFits() throws {
    let device = try XCTUnwrap(Device.named("ecp5-25k"))
    for name in ["fanout-gater", "ungated-rnn"] {
      let network = try quantised(name)
      let counts = [1, 2]
      var search = ConfigurationSearch(
        network, device: device, lanes: counts, models: Self.models)
      let choice = search.fastest()
      let candidates = all(network, counts).filter { device.shortage($0.1) == nil }
      let best = try candidates.map { try time($0.1) }.min() ?? 0
      let chosen = try XCTUnwrap(
        candidates.first {
          $0.0 == Configuration(lanes: choice.schedule.lanes, profile: choice.profile)
        })
      XCTAssertLessThanOrEqual(try time(chosen.1), best * 1.02, name)
      XCTAssertEqual(choice.considered.count, counts.count * 2, name)
      XCTAssertEqual(choice.considered.filter { $0.verdict == .chosen }.count, 1, name)
      XCTAssertTrue(choice.considered.allSatisfy { !$0.reason.isEmpty }, name)
    }
  }

  func testTheSmallestHasTheFewestLanesThatKeepTheTime() throws {
    let device = try XCTUnwrap(Device.named("ecp5-25k"))
    let network = try quantised("fanout-gater")
    let candidates = all(network, [1, 2])
    for limit in [0.2, 0.3, 0.5, 4.0] {
      var search = ConfigurationSearch(
        network, device: device, lanes: [1, 2], models: Self.models)
      let meeting = try candidates.filter { try time($0.1) <= limit }
      let choice = search.smallest(within: limit)
      XCTAssertEqual(choice?.schedule.lanes, meeting.map { $0.0.lanes }.min(), "\(limit) us")
    }
  }

  /// The fastest two dozen configurations are too large: no attempt is lost on them.
  func testWhatFitsIsFoundBelowMuchThatDoesNot() throws {
    let network = try quantised("ext-standard-lstm")
    let device = Device("small", "SMALL", .ecp5, 1_000_000, 1_000, 100, 1_000)
    var search = ConfigurationSearch(
      network, device: device, lanes: ConfigurationSearch.laneCounts, models: Self.models)
    let choice = search.fastest()
    let candidates = all(network, [1, 2, 3, 4, 5]).filter { device.shortage($0.1) == nil }
    let best = try candidates.map { try time($0.1) }.min() ?? 0
    let chosen = try XCTUnwrap(choice.considered.first { $0.verdict == .chosen }?.prediction)
    XCTAssertNil(device.shortage(chosen), choice.reason)
    XCTAssertLessThanOrEqual(try time(chosen), best * 1.02, choice.reason)
    let tried = choice.considered.filter { $0.cyclesPerStep != nil }
    XCTAssertLessThan(tried.map(\.lanes).max() ?? 0, 16)
    XCTAssertLessThanOrEqual(tried.count, ConfigurationSearch.mostAttempts)
  }

  /// A million weights are more than any device holds: nobody waits for schedules to hear that.
  func testWeightsAloneMayBeTooMany() throws {
    let network = try quantised("ext-standard-lstm")
    let device = Device("tiny", "TINY", .ecp5, 1_000_000, 1_000_000, 100, 0)
    var search = ConfigurationSearch(
      network, device: device, lanes: [1, 2, 4], models: Self.models)
    let choice = search.fastest()
    XCTAssertEqual(choice.schedule.lanes, 1)
    let reasons = choice.considered.filter { $0.verdict == .doesNotFit }.map(\.reason)
    XCTAssertTrue(reasons.allSatisfy { $0.hasPrefix("at least") }, "\(reasons)")
    XCTAssertTrue(choice.reason.contains("of 0 memory blocks"), choice.reason)
  }

  func testADeviceThatIsTooSmallIsToldWithWhatItLacks() throws {
    let network = try quantised("fanout-gater")
    let device = Device("tiny", "TINY", .ecp5, 10_000, 10_000, 2, 30)
    var search = ConfigurationSearch(network, device: device, lanes: [1, 2], models: Self.models)
    let choice = search.fastest()
    XCTAssertTrue(choice.reason.hasPrefix("nothing fits TINY, this needs"), choice.reason)
    XCTAssertTrue(choice.reason.contains("of 2 multipliers"), choice.reason)
  }

  func testATimeThatCannotBeKeptIsAnErrorWithTheBestOne() throws {
    var options = CompilerOptions()
    options.target = .ecp5
    options.stepMicroseconds = 0.001
    options.lanes = .exactly(2)
    let chooser = ConfigurationChooser(options: options, models: Self.models)
    XCTAssertThrowsError(try chooser.choose(quantised("fanout-gater"))) { error in
      let list = error as? DiagnosticList
      XCTAssertEqual(list?.diagnostics.first?.id, "too-slow")
      XCTAssertEqual(list?.exitStatus, .checkFailed)
      let message = list?.diagnostics.first?.message ?? ""
      XCTAssertTrue(message.contains("2 lanes with profile"), message)
    }
  }

  func testATargetWithoutMeasuredClocksKeepsNoTime() throws {
    var options = CompilerOptions()
    options.stepMicroseconds = 1
    let chooser = ConfigurationChooser(options: options, models: Self.models)
    XCTAssertThrowsError(try chooser.choose(quantised("fanout-gater"))) { error in
      let list = error as? DiagnosticList
      XCTAssertEqual(list?.diagnostics.first?.id, "no-clock-rate")
      XCTAssertEqual(list?.exitStatus, .usage)
      XCTAssertEqual(list?.diagnostics.first?.hint, "add --target ecp5")
    }
  }

  func testARequestIsTakenAsItIs() throws {
    var options = CompilerOptions()
    options.target = .ice40
    options.lanes = .exactly(5)
    options.profile = .medium
    let choice = try ConfigurationChooser(options: options, models: Self.models)
      .choose(quantised("fanout-gater"))
    XCTAssertEqual(choice.schedule.lanes, 5)
    XCTAssertEqual(choice.profile, .medium)
    XCTAssertEqual(choice.reason, "as asked for")
  }
}

final class FittedModelTests: XCTestCase {
  func testAClockCurveIsStraightBetweenItsPointsAndFlatBeyond() {
    let curve = ClockCurve(.init(2, 200), .init(4, 180), .init(12, 100))
    let rates = [1, 2, 3, 4, 8, 12, 64].map(curve.megahertz)
    XCTAssertEqual(rates, [200, 200, 190, 180, 140, 100, 100])
  }

  func testEveryModelReadsMeasuresThatDesignsHave() throws {
    for model in FittedModel.measured {
      var options = CompilerOptions()
      options.target = model.family
      let network = try Pipeline(options).quantised(GoldenCase.named("fanout-gater").network())
      let schedule = Scheduler(lanes: 2, profile: model.profile.profile).schedule(network)
      let prediction = Prediction(
        HardwareDesign(network, schedule), target: model.family, model: model)
      let label = "\(model.family) \(model.profile)"
      XCTAssertGreaterThan(try XCTUnwrap(prediction.luts), 500, label)
      XCTAssertGreaterThan(try XCTUnwrap(prediction.flipFlops), 500, label)
      XCTAssertEqual(
        try XCTUnwrap(prediction.periodMicroseconds) * XCTUnwrap(prediction.clockMHz),
        Double(schedule.period), accuracy: 1e-9, label)
    }
  }
}
