import Network
import XCTest

final class ActivationFunctionTests: XCTestCase {
  func testLogisticIsAHalfAtZeroAndSaturatesExactly() {
    XCTAssertEqual(ActivationFunction.logistic.value(at: 0), 0.5)
    XCTAssertEqual(ActivationFunction.logistic.value(at: -1000), 0)
    XCTAssertEqual(ActivationFunction.logistic.value(at: 1000), 1)
    XCTAssertEqual(ActivationFunction.logistic.value(at: -1), 0.2689414213699951, accuracy: 1e-16)
  }

  func testTanhIdentityAndReluAreWhatTheirNamesSay() {
    XCTAssertEqual(ActivationFunction.tanh.value(at: 0.5), 0.46211715726000973, accuracy: 1e-16)
    XCTAssertEqual(ActivationFunction.identity.value(at: -3.25), -3.25)
    XCTAssertEqual(ActivationFunction.relu.value(at: -3.25), 0)
    XCTAssertEqual(ActivationFunction.relu.value(at: 3.25), 3.25)
  }
}
