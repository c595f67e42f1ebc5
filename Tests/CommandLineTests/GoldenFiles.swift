import Foundation
import GoldenCases
import XCTest

extension ProgramTestCase {
  /// Writes a golden case's netSpec and data as the program reads them.
  func place(_ golden: GoldenCase) throws {
    try Data(golden.specBytes).write(to: work.appendingPathComponent(golden.specName))
    let resets = golden.rows(of: "reset.csv")
    for name in ["inputs.csv", "outputs.csv", "expected.csv", "states.csv"] {
      guard let bytes = golden.bytes(of: name) else { continue }
      var lines: [String] = []
      let rows = String(decoding: bytes, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      for (step, row) in rows.enumerated() {
        if step > 0, resets?[step].first == 1 { lines.append("") }
        lines.append(row.isEmpty ? "-" : String(row))
      }
      try write(lines.joined(separator: "\n") + "\n", to: name)
    }
  }

  /// Options that tell the counts of a golden case.
  func counts(_ golden: GoldenCase) -> [String] {
    ["--num-inputs", "\(golden.inputCount)", "--num-outputs", "\(golden.outputCount)"]
  }
}
