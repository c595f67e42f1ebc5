/// tanh as x P(x^2) / Q(x^2) for the float twin: arithmetic alone, so loops over it vectorise.
///
/// Minimax fits of tanh over -limit ... limit, outside of which the fit is held at its end. The
/// logistic function is (1 + tanh(x / 2)) / 2.
struct CCurve {
  let limit: Int
  /// Largest distance from tanh anywhere, as a comment says it.
  let error: String
  /// Ascending powers of x^2.
  let numerator: [Double]
  let denominator: [Double]

  /// Enough for float, whose rounding is larger.
  static let single = CCurve(
    limit: 9, error: "5e-8",
    numerator: [
      0.9999999063608206, 0.1337319624582627, 0.0034865801602062176, 2.0471802030761846e-05,
      1.318418520638546e-08,
    ],
    denominator: [
      1, 0.46706493110583136, 0.025841972621140057, 0.000327138254789268, 7.70264744964878e-07,
    ])

  /// For networks whose weighted sums need double.
  static let double = CCurve(
    limit: 12, error: "1e-10",
    numerator: [
      0.9999999999859172, 0.14479681462598407, 0.00495341758793544, 5.792906608100908e-05,
      2.4238192728797863e-07, 2.9909906312521893e-10, 4.7701175973842576e-14,
    ],
    denominator: [
      1, 0.4781301478912311, 0.030996800313818632, 0.0006077633514976721, 4.284206992886634e-06,
      1.0172935173910907e-08, 5.5036653319945745e-12,
    ])

  /// Horner's rule, highest power first, one line each.
  func statements(_ type: String) -> String {
    (lines("p", numerator, type) + lines("q", denominator, type)).joined(separator: "\n")
  }

  private func lines(_ name: String, _ coefficients: [Double], _ type: String) -> [String] {
    coefficients.reversed().enumerated().map { position, coefficient in
      let sum = position == 0 ? "" : "\(name) * z + "
      return "  \(name) = \(sum)(\(type))\(coefficient);"
    }
  }
}
