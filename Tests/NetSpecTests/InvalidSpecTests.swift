import Diagnostics
import Foundation
import NetSpec
import XCTest

final class InvalidSpecTests: XCTestCase {
  /// What is wrong with each file of the folder `invalid`, and where.
  private let expected: [String: (id: String, place: String)] = [
    "auto-dup-block.spec": ("duplicate-block", "6:1"),
    "auto-dup-link.spec": ("duplicate-link", "10:1"),
    "auto-flag.spec": ("bad-flag", "3:5"),
    "auto-layer-overlap.spec": ("overlapping-layers", "11:1"),
    "auto-negative-block.spec": ("negative-block", "5:1"),
    "auto-settings.spec": ("field-count", "3:6"),
    "auto-sixth-list.spec": ("surplus-list", "12:1"),
    "auto-type.spec": ("unknown-connection-type", "9:5"),
    "auto-type0-self.spec": ("self-downstream", "9:5"),
    "comma.spec": ("comma", "3:2"),
    "conn-duplicate.spec": ("duplicate-connection", "9:1"),
    "conn-fields-4.spec": ("field-count", "8:9"),
    "conn-fields-6.spec": ("field-count", "8:12"),
    "conn-negative.spec": ("unknown-node", "8:3"),
    "conn-unknown-dest.spec": ("unknown-node", "8:1"),
    "conn-unknown-source.spec": ("unknown-node", "8:3"),
    "csv-3-before-state.csv": ("trace-before-states", "3:1"),
    "csv-auto-blocks.csv": ("missing-block", "3:1"),
    "csv-auto-flag.csv": ("bad-flag", "2:4"),
    "csv-auto-type.csv": ("unknown-connection-type", "3:7"),
    "csv-dup.csv": ("duplicate-connection", "3:1"),
    "csv-fields.csv": ("field-count", "2:16"),
    "csv-gater.csv": ("unknown-gater", "2:12"),
    "csv-input-state.csv": ("state-of-input", "3:1"),
    "csv-input-target.csv": ("connection-into-input", "2:1"),
    "csv-missing-state.csv": ("missing-state", "2:1"),
    "csv-missing-trace.csv": ("missing-trace", "2:1"),
    "csv-nan.csv": ("not-a-number", "2:7"),
    "csv-selfgate.csv": ("self-gating", "3:7"),
    "csv-unit-without-input.csv": ("unconnected-node", "2:1"),
    "empty.spec": ("empty-spec", "1:1"),
    "epsk-duplicate.spec": ("duplicate-extended-trace", "12:1"),
    "epsk-extra.spec": ("stray-extended-trace", "10:1"),
    "epsk-fields.spec": ("field-count", "11:6"),
    "epsk-missing-one.spec": ("missing-extended-trace", "10:7"),
    "epsk-missing.spec": ("missing-extended-trace", "9:7"),
    "extra-blank.spec": ("field-count", "9:10"),
    "first-line.spec": ("first-line", "1:1"),
    "fourth-list.spec": ("surplus-list", "13:1"),
    "gater-minus2.spec": ("unknown-gater", "8:7"),
    "gater-unknown.spec": ("unknown-gater", "8:7"),
    "input-incoming.spec": ("connection-into-input", "9:1"),
    "int-float.spec": ("not-an-integer", "8:1"),
    "negative-function.spec": ("unknown-function", "3:5"),
    "no-blank-line-2.spec": ("second-line", "2:1"),
    "no-nodes.spec": ("no-nodes", "3:1"),
    "node-fields.spec": ("field-count", "3:4"),
    "node-index-from-1.spec": ("node-index", "3:1"),
    "node-index-gap.spec": ("node-index", "4:1"),
    "node-index-repeat.spec": ("node-index", "4:1"),
    "self-gates-own.spec": ("self-gating", "9:7"),
    "self-weight.spec": ("self-weight", "9:5"),
    "state-hex.spec": ("not-a-number", "3:3"),
    "state-inf.spec": ("not-a-number", "3:3"),
    "state-nan.spec": ("not-a-number", "3:3"),
    "state-overflow.spec": ("number-overflow", "3:3"),
    "unknown-function.spec": ("unknown-function", "3:5"),
    "weight-nan.spec": ("not-a-number", "8:5"),
  ]

  func testEveryInvalidSpecIsRejectedOnceAtItsPlace() throws {
    let files = try fixtures("invalid", ["spec", "csv"])
    XCTAssertEqual(files.map(\.name), expected.keys.sorted())
    for file in files {
      let (id, place) = try XCTUnwrap(expected[file.name])
      // One fault needs the number of inputs to be one. Nothing says the number of outputs, which
      // may be asked for only when the spec itself is right.
      let inputs = file.name == "input-incoming.spec" ? 1 : nil
      XCTAssertThrowsError(
        try NetSpecReader(inputCount: inputs).read(file.bytes, file: file.name), file.name
      ) { error in
        let list = error as? DiagnosticList
        XCTAssertEqual(list?.diagnostics.map(\.id), [id], file.name)
        XCTAssertEqual(list?.exitStatus, .invalidData, file.name)
        let location = list?.diagnostics.first?.location
        XCTAssertEqual(location?.file, file.name)
        XCTAssertEqual(
          "\(location?.line ?? 0):\(location?.column ?? 0)", place, file.name)
      }
    }
  }
}
