import XCTest

@testable import Toolchain

final class JobTests: XCTestCase {
  func testCommandLineCanBePastedIntoAShell() {
    let job = Job(.tool(.verilator), ["--cc", "it's a.v", "", "-DX=1"], in: "/tmp/my folder")
    XCTAssertEqual(
      job.commandLine, "cd '/tmp/my folder' && verilator --cc 'it'\\''s a.v' '' -DX=1")
  }

  func testNameOfAFileIsItsLastPart() {
    XCTAssertEqual(Job(.file("/a/b/model"), []).name, "model")
    XCTAssertEqual(Job(.file("model"), []).name, "model")
    XCTAssertEqual(Job(.tool(.gxx), []).name, "g++")
  }
}
