/// A program of somebody else that this one runs.
public enum Tool: String, CaseIterable, Sendable {
  case verilator, iverilog, vvp, yosys, gcc, cc, clang
  case gxx = "g++"
  case clangxx = "clang++"

  /// What to type on a Debian system to get it.
  var installLine: String {
    switch self {
    case .verilator, .yosys, .gcc, .gxx: "apt-get install \(rawValue)"
    case .iverilog, .vvp: "apt-get install iverilog"
    case .cc: "apt-get install gcc"
    case .clang, .clangxx: "apt-get install clang"
    }
  }
}
