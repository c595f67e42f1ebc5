import Assets
import Diagnostics
import Toolchain

/// Where tools are looked for: in `PATH`, and in the environment that `Scripts/fpga-tools` makes; and which
/// ones are new enough.
public struct ToolEnvironment: Sendable {
  /// Asset with the packages of PyPI and their versions, one a line.
  private static let list = "boards/tools.txt"
  /// Asset with the oldest versions that serve.
  private static let versions = "boards/oldest.txt"

  public let python: PythonEnvironment
  public let locator: ToolLocator
  let oldest: OldestTools

  public init(assets: AssetLocator) throws(DiagnosticList) {
    python = PythonEnvironment(requirements: Array(try assets.text(Self.list).utf8))
    locator = ToolLocator(environment: python.programs)
    oldest = try Self.oldest(assets)
  }

  /// The versions alone, for descriptions of what to run.
  static func oldest(_ assets: AssetLocator) throws(DiagnosticList) -> OldestTools {
    let text = try assets.text(versions)
    do { return try OldestTools(text, file: versions) } catch { throw DiagnosticList([error]) }
  }

  /// Finds the tools of a family.
  func tools(for family: BitstreamFlow.Family, runner: JobRunner) -> BitstreamTools {
    BitstreamTools(family, runner: runner, environment: python, oldest: oldest)
  }
}
