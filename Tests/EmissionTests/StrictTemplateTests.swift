import Assets
import Emission
import XCTest

final class StrictTemplateTests: XCTestCase {
  private let path = "Templates/sample.mustache"

  func testNamesAreReplacedAndTextIsNotEscaped() throws {
    let template = try StrictTemplate(text: "{{! names: a }}\n{{a}} < {{b}}\n", path: path)
    XCTAssertEqual(
      try template.render(["a": "x & y", "b": "{{a}} \"q\""]), "x & y < {{a}} \"q\"\n")
  }

  func testANameWithoutValueIsAnError() throws {
    let template = try StrictTemplate(text: "{{a}} {{missing}} {{absent}}", path: path)
    let found = diagnostics { _ = try template.render(["a": "1"]) }
    XCTAssertEqual(found.map(\.id), ["template-unknown-name", "template-unknown-name"])
    XCTAssertEqual(
      found.map(\.message),
      ["absent", "missing"].map {
        "internal error in StrictTemplate: the template's name '\($0)' has no value; please report"
      })
    XCTAssertEqual(found.compactMap(\.location?.file), [path, path])
    XCTAssertEqual(found.first?.exitCode, .internalError)
  }

  func testAValueThatTheTemplateDoesNotNameIsAnError() throws {
    let template = try StrictTemplate(text: "{{a}}", path: path)
    let found = diagnostics { _ = try template.render(["a": "1", "surplus": "2"]) }
    XCTAssertEqual(found.map(\.id), ["template-unused-name"])
    XCTAssertEqual(
      found.first?.message,
      "internal error in StrictTemplate: the template lacks the name 'surplus'; please report")
    XCTAssertEqual(found.first?.location?.file, path)
  }

  func testBrokenSyntaxNamesTheFile() {
    let found = diagnostics { _ = try StrictTemplate(text: "{{a", path: path) }
    XCTAssertEqual(found.map(\.id), ["template-syntax"])
    XCTAssertEqual(found.first?.location?.file, path)
  }

  func testEveryTemplateListsItsNamesInItsFirstComment() throws {
    let assets = AssetLocator()
    let names = try assets.files(in: "Templates").filter { $0.hasSuffix(".mustache") }
    XCTAssertFalse(names.isEmpty)
    for name in names {
      let text = try assets.text("Templates/" + name)
      let parts = text.components(separatedBy: "\n}}\n")
      XCTAssertTrue(text.hasPrefix("{{!"), name)
      let comment = Set(parts[0].split { !$0.isLetter && $0 != "_" }.map(String.init))
      for match in parts.dropFirst().joined().matches(of: /\{\{([A-Za-z_]+)\}\}/) {
        XCTAssertTrue(comment.contains(String(match.1)), "\(name): \(match.1)")
      }
    }
  }
}
