extension FittedModel {
  /// Every model, by family and profile.
  static let measured: [FittedModel] = []
}
