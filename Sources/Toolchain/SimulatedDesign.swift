import Diagnostics
import Foundation

/// A core to simulate: its Verilog files and what the testbench has to know of it.
public struct SimulatedDesign: Hashable, Sendable {
  /// Where the behaviour of a device family's cells lies, seen from `folder`, if it needs any.
  private static let cellFolder = "../sim/cells"

  /// The folder with every `.v` file and the memory images, which are found by their bare names.
  public let folder: String
  public let top: String
  /// Widths of the two streams' data.
  public let inputBytes: Int
  public let outputBytes: Int
  /// Whether the files are a synthesised netlist with models of its cells, which has none of the
  /// names inside the core.
  public let isNetlist: Bool
  /// Path of the image of a flash memory, if the core loads its weights from one.
  public let flashImage: String?
  /// Whether the core has ports that show its states.
  public let showsStates: Bool

  public init(
    folder: String, top: String, inputBytes: Int, outputBytes: Int, isNetlist: Bool = false,
    flashImage: String? = nil, showsStates: Bool = false
  ) {
    precondition((1...8).contains(inputBytes) && (1...8).contains(outputBytes))
    self.folder = folder
    self.top = top
    self.inputBytes = inputBytes
    self.outputBytes = outputBytes
    self.isNetlist = isNetlist
    self.flashImage = flashImage
    self.showsStates = showsStates
  }

  /// Names of the Verilog files in the folder, in one order everywhere.
  func sources() throws(Diagnostic) -> [String] {
    let sources = try VerilogFolder(folder).sources()
    // A netlist has the models of its cells beside it.
    guard !isNetlist else { return sources }
    let cells = (try? VerilogFolder(folder + "/" + Self.cellFolder).sources()) ?? []
    return sources + cells.map { Self.cellFolder + "/" + $0 }
  }

  /// The macros that the testbench wants.
  var macros: [String] {
    [
      "-DLSTMG_TOP=\(top)", "-DLSTMG_INPUT_BITS=\(8 * inputBytes)",
      "-DLSTMG_OUTPUT_BITS=\(8 * outputBytes)",
    ] + (isNetlist ? ["-DLSTMG_NETLIST"] : []) + (flashImage == nil ? [] : ["-DLSTMG_FLASH"])
      + (showsStates ? ["-DLSTMG_STATES"] : [])
  }

  /// The Verilog files of the testbench, in its folder.
  var testbenches: [String] { ["lstmg_tb.v"] + (flashImage == nil ? [] : ["lstmg_flash.v"]) }
}

/// A folder of Verilog files.
struct VerilogFolder {
  private let path: String

  init(_ path: String) { self.path = path }

  /// Names of the `.v` files, sorted.
  func sources() throws(Diagnostic) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let sources = names.filter { $0.hasSuffix(".v") }.sorted()
    guard !sources.isEmpty else { throw .noSources(path) }
    return sources
  }
}

extension Diagnostic {
  fileprivate static func noSources(_ path: String) -> Self {
    Self(
      id: "missing-file", "no Verilog files here", at: SourceLocation(file: path),
      exitCode: .missingFile)
  }
}
