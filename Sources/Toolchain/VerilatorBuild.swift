import Diagnostics
import Foundation

/// What becomes one executable: Verilog, and the C++ program that drives its top module.
struct VerilatedDesign: Sendable {
  /// The folder that the paths of the sources begin in, and what the executable is called.
  let folder: String
  let name: String
  /// Verilog of the design, seen from the folder.
  let sources: [String]
  let top: String
  let macros: [String]
  /// Folder of the testbench, its Verilog files and its program.
  let benchFolder: String
  let benches: [String]
  let program: String
}

/// Makes the executable of a design and its testbench, or finds it in the cache.
struct VerilatorBuild: Sendable {
  let runner: JobRunner
  let cache: ToolCache

  /// `-Wall`: a warning about generated Verilog is a failure. One file of each kind, because the
  /// compiler sees them as one anyway.
  private static let verilatorFlags = [
    "--cc", "-Wall", "--timescale", "1ns/1ns", "--output-split", "0", "--prefix", "Vdut",
    "--top-module",
  ]

  /// Path of the executable.
  func model(of design: VerilatedDesign, wave: WaveFormat?) async throws(Diagnostic) -> String {
    // Before the compiler, which nobody asked for: without Verilator, that is what to install.
    _ = try runner.locator.path(of: .verilator)
    let runtime = VerilatorRuntime(
      runner: runner, cache: cache, compiler: try runner.locator.cxxCompiler(), wave: wave,
      versions: try await versions())
    let folder = try await cache.entry(
      "models", madeOf: try parts(design, runtime)
    ) { folder throws(Diagnostic) in
      try await make(design, runtime, in: folder)
    }
    return folder + "/" + design.name
  }

  private func versions() async throws(Diagnostic) -> [String] {
    let compiler = try runner.locator.cxxCompiler()
    return [
      try await runner.run(Job(.tool(.verilator), ["--version"])),
      try await runner.run(Job(.tool(compiler), ["--version"])),
    ]
  }

  /// Everything that the executable depends on; memory images are not among it.
  private func parts(
    _ design: VerilatedDesign, _ runtime: VerilatorRuntime
  ) throws(Diagnostic) -> [[UInt8]] {
    var parts =
      (runtime.versions + runtime.flags + Self.verilatorFlags + [design.top] + design.macros)
      .map { Array($0.utf8) }
    for name in [design.program] + design.benches {
      parts.append(try Files.read(design.benchFolder + "/" + name))
    }
    for name in design.sources {
      parts.append(Array(name.utf8))
      parts.append(try Files.read(design.folder + "/" + name))
    }
    return parts
  }

  private func make(
    _ design: VerilatedDesign, _ runtime: VerilatorRuntime, in folder: String
  ) async throws(Diagnostic) {
    try await TemporaryFolder.use { work throws(Diagnostic) in
      // Verilator ends a file's name at the first blank of its path.
      for name in design.benches {
        try Files.write(try Files.read(design.benchFolder + "/" + name), to: work + "/" + name)
      }
      try await runner.run(
        Job(
          .tool(.verilator),
          Self.verilatorFlags + [design.top] + runtime.verilatorFlags + ["--Mdir", work]
            + design.macros + design.benches.map { work + "/" + $0 } + design.sources,
          in: design.folder))
      let parts = try await runtime.parts()
      try Files.write(Array(try unit(design, in: work).utf8), to: work + "/unit.cpp")
      try await runner.run(
        Job(
          .tool(runtime.compiler),
          runtime.flags + parts.headerFlags + design.macros
            + ["-I.", "-I\(parts.root)/include", "unit.cpp"] + parts.objects
            + ["-o", folder + "/" + design.name] + runtime.libraries,
          in: work, environment: ["TMPDIR": work]))
    }
  }

  /// All that Verilator wrote and the testbench as one unit: the headers are read only once.
  private func unit(_ design: VerilatedDesign, in work: String) throws(Diagnostic) -> String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: work)) ?? []
    return
      (names.filter { $0.hasSuffix(".cpp") }.sorted() + [design.benchFolder + "/" + design.program])
      .map { "#include \"\($0)\"\n" }.joined()
  }
}
