import Assets
import Emission
import XCTest

final class IdentifierTests: XCTestCase {
  func testLegalNamesStay() {
    for name in ["dsr", "LSTM_1", "a", "net_2"] { XCTAssertEqual(Identifier(name).text, name) }
  }

  func testOtherCharactersBecomeUnderscores() {
    XCTAssertEqual(Identifier("trained-dsr.v2").text, "trained_dsr_v2")
    XCTAssertEqual(Identifier("n\u{e9}t").text, "n_t")
  }

  func testALeadingDigitOrUnderscoreGetsAPrefix() {
    XCTAssertEqual(Identifier("20d_median").text, "net_20d_median")
    XCTAssertEqual(Identifier("_Private").text, "net_Private")
    XCTAssertEqual(Identifier("").text, "net")
  }

  func testKeywordsOfEveryLanguageGetASuffix() {
    for name in ["xor", "while", "wire", "logic", "class", "endmodule", "restrict", "bit"] {
      XCTAssertEqual(Identifier(name).text, name + "_net")
    }
  }

  func testLegalisingTwiceChangesNothing() {
    for name in ["xor", "20d", "_x", "a b"] {
      let once = Identifier(name)
      XCTAssertEqual(Identifier(once.text), once)
    }
  }

  func testNamesOfGeneratedModulesAndInstancesAreTaken() throws {
    let modules = try AssetLocator().files(in: "hdl").filter { $0.hasSuffix(".v") }
    XCTAssertGreaterThan(modules.count, 10)
    for module in modules.map({ String($0.dropLast(2)) }) + ["lstmg_tb", "u_core", "dut", "NULL"] {
      XCTAssertNotEqual(Identifier(module).text, module)
    }
  }
}
