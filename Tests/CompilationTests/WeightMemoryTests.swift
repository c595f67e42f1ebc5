import Diagnostics
import GoldenCases
import Lowering
import XCTest

@testable import Compilation

final class WeightMemoryTests: XCTestCase {
  private func design(
    _ name: String, _ change: (inout CompilerOptions) -> Void = { _ in }
  ) throws -> (design: HardwareDesign, choice: ConfigurationChoice) {
    var options = CompilerOptions()
    options.target = .ice40
    change(&options)
    return try Pipeline(options).design(GoldenCase.named(name).network())
  }

  private func plan(_ design: HardwareDesign) -> ResourcePlan {
    ResourcePlan(design, target: .ice40)
  }

  func testBlockMemoriesAreTakenAsLongAsTheySuffice() throws {
    let (design, choice) = try design("trained-dsr")
    XCTAssertEqual(choice.weightMemory, .block)
    XCTAssertNil(choice.weightMemoryReason)
    XCTAssertFalse(design.loadsWeights)
    XCTAssertLessThanOrEqual(plan(design).memoryBlocks, 30)
  }

  func testWeightsThatBlockMemoriesCannotHoldAreLoaded() throws {
    let (design, choice) = try design("eurusd-20in-21blocks")
    XCTAssertEqual(choice.weightMemory, .spram)
    let left = plan(design).memoryBlocks
    XCTAssertLessThanOrEqual(left, 30)
    XCTAssertTrue(
      choice.weightMemoryReason?.hasSuffix("of 30 would be needed, without them \(left)") ?? false)
    XCTAssertEqual(plan(design).spramBlocks, design.schedule.lanes)
    XCTAssertGreaterThan(design.schedule.lanesPerStream, 1)
    XCTAssertFalse(design.images.contains { $0.suffix.hasPrefix("weights") })
    XCTAssertEqual(plan(design).tableBits, 0)
    let inBlocks = try self.design("eurusd-20in-21blocks") { $0.weightMemory = .block }
    XCTAssertFalse(inBlocks.design.loadsWeights)
    XCTAssertGreaterThan(plan(inBlocks.design).memoryBlocks, 30)
    XCTAssertEqual(plan(inBlocks.design).spramBlocks, 0)
  }

  func testWhatFitsNeitherWayStaysInBlockMemories() throws {
    XCTAssertEqual(try design("random-1000").choice.weightMemory, .block)
  }

  func testOtherTargetsAreLeftAlone() throws {
    let (_, choice) = try design("eurusd-20in-21blocks") { $0.target = .generic }
    XCTAssertEqual(choice.weightMemory, .block)
  }

  func testOneLaneHasItsWeightsInAMemoryOfTheirOwnToo() throws {
    let (design, choice) = try design("trained-parity") {
      $0.weightMemory = .spram
      $0.lanes = .exactly(1)
    }
    XCTAssertEqual(choice.weightMemory, .spram)
    XCTAssertNil(choice.weightMemoryReason)
    XCTAssertTrue(design.images.contains { $0.suffix == "source00" })
    XCTAssertFalse(design.images.contains { $0.suffix == "lane00" })
    XCTAssertEqual(plan(design).spramBlocks, 1)
  }

  func testWhatWasResolvedGivesTheSameDesign() throws {
    var options = CompilerOptions()
    options.target = .ice40
    let network = GoldenCase.named("eurusd-20in-21blocks").network
    let (design, choice) = try Pipeline(options).design(network())
    let resolved = ResolvedOptions(options, choice)
    XCTAssertTrue(resolved.words.contains("--weight-memory spram"))
    let again = try Pipeline(resolved.compilerOptions).design(network()).design
    XCTAssertEqual(design.laneWeights, again.laneWeights)
    XCTAssertTrue(again.loadsWeights)
  }

  private func assertRefused(
    _ message: String, hint: String, _ change: (inout CompilerOptions) -> Void,
    file: StaticString = #filePath, line: UInt = #line
  ) {
    XCTAssertThrowsError(
      try design("trained-parity") {
        $0.weightMemory = .spram
        change(&$0)
      }, file: file, line: line
    ) { error in
      let list = error as? DiagnosticList
      XCTAssertEqual(list?.exitStatus, .usage, file: file, line: line)
      XCTAssertEqual(list?.diagnostics.first?.id, "weight-memory", file: file, line: line)
      XCTAssertEqual(list?.diagnostics.first?.message, message, file: file, line: line)
      XCTAssertEqual(list?.diagnostics.first?.hint, hint, file: file, line: line)
    }
  }

  func testWhatCannotBeIsRefused() {
    let remedy = "leave --weight-memory spram out, or give --target ice40 --device up5k"
    assertRefused("LFE5U-25F has no SPRAM for weights", hint: remedy) { $0.target = .ecp5 }
    assertRefused("target generic has no SPRAM for weights", hint: remedy) { $0.target = .generic }
    assertRefused(
      "8 lanes need an SPRAM block each, the iCE40UP5K has 4", hint: "give --lanes 4 or fewer"
    ) { $0.lanes = .exactly(8) }
    assertRefused(
      "weights of 18 bits do not fit the SPRAM of the iCE40UP5K, whose words have 16",
      hint: "give --weight-bits 16 or less"
    ) { $0.weightBits = 18 }
  }
}
