import Assets
import Diagnostics
import Toolchain

/// Where tools are looked for: in `PATH`, and in the environment that `Scripts/fpga-tools` makes.
public struct ToolEnvironment: Sendable {
  /// Asset with the packages of PyPI and their versions, one a line.
  private static let list = "boards/tools.txt"

  public let python: PythonEnvironment
  public let locator: ToolLocator

  public init(assets: AssetLocator) throws(DiagnosticList) {
    python = PythonEnvironment(requirements: Array(try assets.text(Self.list).utf8))
    locator = ToolLocator(environment: python.programs)
  }
}
