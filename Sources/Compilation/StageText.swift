import Lowering

/// A stage of the pipeline as JSON, the same for the same stage.
public struct StageText: Sendable {
  private let value: StageValue
  public init(_ value: StageValue) { self.value = value }
  public var json: String { "{}" }
}
