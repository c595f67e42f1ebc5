import Diagnostics

/// A board under Verilator: its top module with a serial line at its pins.
public struct BoardModel: Sendable {
  /// The generated folder with `rtl`, `board` and `sim`.
  public let folder: String
  /// Name of the top module.
  public let top: String
  public let clocksPerBit: Int
  /// Level of the reset button while it is down.
  public let buttonIsLow: Bool
  private let runner: JobRunner
  private let cache: ToolCache

  public init(
    folder: String, top: String, clocksPerBit: Int, buttonIsLow: Bool,
    runner: JobRunner = JobRunner(), cache: ToolCache = ToolCache()
  ) {
    self.folder = folder
    self.top = top
    self.clocksPerBit = clocksPerBit
    self.buttonIsLow = buttonIsLow
    self.runner = runner
    self.cache = cache
  }

  /// Path of the executable; it has to run in the folder `rtl`, where the memory images are.
  public func executable() async throws(Diagnostic) -> String {
    try await VerilatorBuild(runner: runner, cache: cache).model(of: try verilated(), wave: nil)
  }

  /// The folder that the executable has to run in.
  public var workingDirectory: String { folder + "/rtl" }

  /// Plays a script, see `lstmg_board_tb.cpp`: the frames that the board sent, as they were on the line but
  /// for the zeros at their ends.
  public func play(
    _ script: String, timeLimit: Duration? = nil
  ) async throws(Diagnostic) -> [[UInt8]] {
    let model = try await executable()
    return try await TemporaryFolder.use { temporary throws(Diagnostic) in
      let (commands, replies) = (temporary + "/script.txt", temporary + "/replies.txt")
      try Files.write(Array(script.utf8), to: commands)
      try await runner.run(
        Job(
          .file(model), ["+script=\(commands)", "+replies=\(replies)"], in: workingDirectory,
          timeLimit: timeLimit))
      return String(decoding: try Files.read(replies), as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(Self.bytes)
    }
  }

  private static func bytes(_ line: Substring) -> [UInt8] {
    var digits = line[...]
    var bytes: [UInt8] = []
    while let byte = UInt8(digits.prefix(2), radix: 16) {
      bytes.append(byte)
      digits = digits.dropFirst(2)
    }
    return bytes
  }

  private func verilated() throws(Diagnostic) -> VerilatedDesign {
    let cells = (try? VerilogFolder(folder + "/sim/cells").sources()) ?? []
    let models = try VerilogFolder(folder + "/sim/board").sources()
    let sources =
      try VerilogFolder(workingDirectory).sources()
      + VerilogFolder(folder + "/board").sources().filter { !models.contains($0) }
      .map { "../board/" + $0 } + models.map { "../sim/board/" + $0 }
      + cells.map { "../sim/cells/" + $0 }
    return VerilatedDesign(
      folder: workingDirectory, name: top, sources: sources, top: top,
      macros: [
        "-DLSTMG_CLOCKS_PER_BIT=\(clocksPerBit)", "-DLSTMG_BUTTON=\(buttonIsLow ? 0 : 1)",
      ], benchFolder: folder + "/sim", benches: [], program: "lstmg_board_tb.cpp")
  }
}
