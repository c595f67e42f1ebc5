import Diagnostics
import Foundation

/// The part of every model that does not depend on the design: Verilator's own C++ files and a
/// precompiled header, made once and kept.
struct VerilatorRuntime: Sendable {
  /// The finished parts.
  struct Parts: Sendable {
    /// Verilator's installation.
    let root: String
    let headerFlags: [String]
    let objects: [String]
  }

  let runner: JobRunner
  let cache: ToolCache
  let compiler: Tool
  let wave: WaveFormat?
  /// What the two tools say of themselves.
  let versions: [String]

  /// For the compiler, the same in every unit of a model: otherwise it would ignore the
  /// precompiled header.
  var flags: [String] { commonFlags + waveMacros }

  /// Higher levels of optimisation cost more in every build than they save in most runs.
  private let commonFlags = [
    "-O1", "-faligned-new", "-DVERILATOR=1", "-DVM_COVERAGE=0", "-DVM_SC=0", "-pthread",
  ]

  private var waveMacros: [String] {
    ["-DVM_TRACE=\(wave == nil ? 0 : 1)", "-DVM_TRACE_FST=\(wave == .fst ? 1 : 0)"]
  }

  var libraries: [String] { ["-latomic"] + (wave == .fst ? ["-lz"] : []) }

  /// For Verilator.
  var verilatorFlags: [String] {
    switch wave {
    case nil: []
    case .vcd: ["--trace"]
    case .fst: ["--trace-fst"]
    }
  }

  /// Makes what is not in the cache.
  func parts() async throws(Diagnostic) -> Parts {
    let root = try await installation()
    // Each of them is a compilation the first time.
    let objects = units.map { name in { @Sendable in try await object(name, root) } }
    let paths = try await SideBySide.run(objects + [{ try await header(root) }])
    return Parts(
      root: root, headerFlags: ["-include", paths[units.count]],
      objects: Array(paths.prefix(units.count)))
  }

  /// Verilator's folder. The answer is kept too: the question takes as long as a small model.
  private func installation() async throws(Diagnostic) -> String {
    let wish = ProcessInfo.processInfo.environment["VERILATOR_ROOT"] ?? ""
    let parts = (versions + [wish]).map { Array($0.utf8) }
    let entry = try await cache.entry("verilator", madeOf: parts) { folder throws(Diagnostic) in
      let answer = try await runner.run(Job(.tool(.verilator), ["--getenv", "VERILATOR_ROOT"]))
      try Files.write(Array(answer.prefix { $0 != "\n" }.utf8), to: folder + "/root")
    }
    return String(decoding: try Files.read(entry + "/root"), as: UTF8.self)
  }

  private var units: [String] {
    switch wave {
    case nil: ["verilated", "verilated_threads"]
    case .vcd: ["verilated", "verilated_threads", "verilated_vcd_c"]
    case .fst: ["verilated", "verilated_threads", "verilated_fst_c"]
    }
  }

  private func object(_ name: String, _ root: String) async throws(Diagnostic) -> String {
    let parts = (versions + commonFlags + [root, name]).map { Array($0.utf8) }
    let file = name + ".o"
    return try await cache.entry("runtime", madeOf: parts) { folder throws(Diagnostic) in
      try await runner.run(
        Job(
          .tool(compiler),
          commonFlags + ["-I\(root)/include", "-c", "\(root)/include/\(name).cpp", "-o", file],
          in: folder, environment: ["TMPDIR": folder]))
    } + "/" + file
  }

  /// Only g++ can move a precompiled header; clang++ reads the plain one beside it.
  private func header(_ root: String) async throws(Diagnostic) -> String {
    let text = headerText
    let parts = (versions + flags + [root, text]).map { Array($0.utf8) }
    return try await cache.entry("headers", madeOf: parts) { folder throws(Diagnostic) in
      try Files.write(Array(text.utf8), to: folder + "/model.h")
      guard compiler == .gxx else { return }
      try await runner.run(
        Job(
          .tool(compiler),
          flags + ["-I\(root)/include", "-x", "c++-header", "model.h", "-o", "model.h.gch"],
          in: folder, environment: ["TMPDIR": folder]))
    } + "/model.h"
  }

  /// What the model and the testbench include.
  private var headerText: String {
    let standard = ["cctype", "cstdint", "cstdio", "cstdlib", "cstring", "memory", "string"]
    let waveHeader =
      switch wave {
      case nil: ""
      case .vcd: "#include \"verilated_vcd_c.h\"\n"
      case .fst: "#include \"verilated_fst_c.h\"\n"
      }
    return standard.map { "#include <\($0)>\n" }.joined()
      + "#include \"verilated.h\"\n" + waveHeader
  }
}
