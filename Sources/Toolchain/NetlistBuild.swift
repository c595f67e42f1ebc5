import Diagnostics
import Foundation

/// Makes of a core what goes onto a device, a netlist of the cells of its family, and what a
/// simulator needs to run that.
public struct NetlistBuild: Sendable {
  /// Families whose cells all have models.
  public enum Family: String, CaseIterable, Sendable {
    case ecp5, ice40

    var synthesis: YosysCheck.Family {
      switch self {
      case .ecp5: .ecp5
      case .ice40: .ice40
      }
    }

    /// As for the device that the family stands for.
    var options: [String] {
      switch self {
      case .ecp5: []
      case .ice40: ["-dsp", "-device", "u"]
      }
    }
  }

  /// What was made.
  public struct Product: Sendable {
    public let netlist: Netlist
    /// The netlist with models of its cells, for `IcarusEngine`.
    public let design: SimulatedDesign
  }

  private let family: Family
  private let models: [String]
  private let runner: JobRunner
  private let timeLimit: Duration?

  /// `models` are folders with models of our own, one a file, which take the place of those of
  /// yosys; the time limit is that of the synthesis.
  public init(
    _ family: Family, models: [String], runner: JobRunner = JobRunner(), timeLimit: Duration? = nil
  ) {
    self.family = family
    self.models = models
    self.runner = runner
    self.timeLimit = timeLimit
  }

  /// Synthesises the core and puts everything into `folder`, which must exist.
  public func make(
    _ design: SimulatedDesign, in folder: String
  ) async throws(Diagnostic) -> Product {
    precondition(!design.isNetlist)
    let json = folder + "/netlist.json"
    _ = try await YosysCheck(runner: runner, timeLimit: timeLimit).synthesise(
      folder: design.folder, top: design.top, family: family.synthesis, options: family.options,
      netlist: .init(verilog: folder + "/netlist.v", json: json))
    try await CellModels(runner: runner).write(of: family, inPlaceOfSome: models, to: folder)
    return Product(
      netlist: try Netlist(json: try Files.read(json), top: design.top),
      design: SimulatedDesign(
        folder: folder, top: design.top, inputBytes: design.inputBytes,
        outputBytes: design.outputBytes, isNetlist: true, flashImage: design.flashImage,
        showsStates: design.showsStates))
  }
}
