/// A program of somebody else that this one runs.
public enum Tool: String, CaseIterable, Sendable {
  case verilator, iverilog, vvp, yosys, gcc
  case gxx = "g++"
  case clangxx = "clang++"

  /// What to type on a Debian system to get it.
  var installLine: String {
    switch self {
    case .verilator, .yosys, .gcc, .gxx: "apt-get install \(rawValue)"
    case .iverilog, .vvp: "apt-get install iverilog"
    case .clangxx: "apt-get install clang"
    }
  }
}
