import Foundation
import XCTest

/// The networks of Examples/mnist, on the first images of its test set.
final class MNISTTests: ProgramTestCase {
  private static let example = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples/mnist")

  private let counts = ["--num-inputs", "28", "--num-outputs", "10", "--input-range", "0:1"]
  private let narrow = ["--weight-bits", "8", "--activation-bits", "8", "--state-bits", "16"]
  private let hundred = ["--sequences", "100"]

  private func example(_ name: String) -> String {
    Self.example.appendingPathComponent(name).path
  }

  private func judged(_ options: [String]) throws -> [String: Any] {
    try object(
      try succeed(
        [
          "simulate", "net.spec", "--data", example("images.npy.gz"), "--labels",
          example("labels.csv"), "--judge", "last-argmax", "--json",
        ] + counts + options))
  }

  private func check(_ file: String, options: [String] = [], right: Int, narrowRight: Int) throws {
    let name = String(file.prefix { $0 != "." })
    let report = try object(
      try succeed(
        ["import", example(file), "-o", "net.spec", "--json"] + options + [
          "--check", example("recorded/images.npy.gz"), example("recorded/\(name).npy"),
        ]))
    let check = try XCTUnwrap(report["check"] as? [String: Any])
    for part in ["imported", "quantised"] {
      let errors = try XCTUnwrap(check[part] as? [String: Any])
      XCTAssertEqual(errors["sameLargest"] as? Int, 100, "\(part)")
    }
    XCTAssertEqual(
      try judged(hundred + ["--engine", "float"])["sequencesRight"] as? Int, right)
    let wide = try judged(hundred + ["--engine", "model"])
    XCTAssertEqual(wide["sequencesRight"] as? Int, right)
    let saturations = try XCTUnwrap(wide["saturations"] as? [String: Int])
    XCTAssertEqual(saturations["total"], saturations["argument"])
    XCTAssertEqual(
      try judged(hundred + ["--engine", "model"] + narrow)["sequencesRight"] as? Int, narrowRight)
  }

  func testPyTorchsLargeNetwork() throws {
    try check("lstm100.safetensors", right: 98, narrowRight: 98)
  }

  func testPyTorchsSmallNetworkInSoftwareAndHardware() throws {
    try check("lstm32.safetensors", right: 99, narrowRight: 99)
    let run = try judged(
      ["--sequences", "30", "--lanes", "64", "--sources", "16"] + narrow)
    XCTAssertEqual(run["mismatches"] as? Int, 0)
    XCTAssertEqual(run["sequencesRight"] as? Int, 30)
  }

  func testDLLsNetwork() throws {
    try check("dll100_6ep.dat", options: ["--sizes", "28,100,10"], right: 98, narrowRight: 97)
  }
}
