import DataSets
import Diagnostics
import Foundation
import Toolchain

/// Runs the generated C header's two twins over data: `sim/lstmg_run.c` built by the host compiler.
public struct CRun: Sendable {
  /// By step of all sequences: output words of the fixed-point twin.
  public let frames: [[Int64]]
  /// Outputs of the float twin.
  public let reals: DataSet

  /// `folder` holds the header `name.h`; `name` is the prefix of its functions.
  public init(
    folder headers: String, name: String, driver: String, _ words: WordSequences, _ data: DataSet,
    outputCount: Int, runner: JobRunner = JobRunner()
  ) async throws(Diagnostic) {
    let compiler = try runner.locator.cCompiler()
    let text = try await TemporaryFolder.use { folder throws(Diagnostic) in
      let program = folder + "/lstmg_run"
      let (input, output) = (folder + "/input.txt", folder + "/output.txt")
      try await runner.run(
        Job(
          .tool(compiler),
          [
            "-std=c99", "-O2", "-DLSTMG_NAME=\(name)", "-DLSTMG_MACRO=\(name.uppercased())",
            "-DLSTMG_HEADER=\"\(name).h\"", "-I\(headers)", driver, "-o", program,
          ], in: folder, environment: ["TMPDIR": folder]))
      try AtomicFileWriter().write(Self.text(words, data), to: input)
      try await runner.run(Job(.file(program), [input, output], in: folder))
      return try FileReader().read(output)
    }
    var frames: [[Int64]] = []
    var reals = RowCollector(columnCount: outputCount, shape: data)
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: " ")
      let integers = fields.prefix(outputCount).compactMap { Int64($0) }
      let values = fields.dropFirst(outputCount).compactMap { Double($0) }
      guard integers.count == outputCount, values.count == outputCount else {
        throw .badDriverLine(String(line))
      }
      frames.append(integers)
      reals.append(values)
    }
    guard frames.count == data.stepCount else {
      throw .badDriverLine("\(frames.count) of \(data.stepCount) steps")
    }
    self.frames = frames
    self.reals = reals.finish()
  }

  /// A line a step: 1 before the first step of a sequence, the words, the values.
  private static func text(_ words: WordSequences, _ data: DataSet) -> [UInt8] {
    var text: [UInt8] = []
    for (sequence, rows) in zip(words.sequences, data.sequences) {
      for (index, (step, row)) in zip(sequence, rows.steps).enumerated() {
        text += index == 0 ? "1".utf8 : "0".utf8
        for word in step { text += " \(word)".utf8 }
        for value in row.values ?? [] { text += " \(value)".utf8 }
        text.append(UInt8(ascii: "\n"))
      }
    }
    return text
  }
}

extension Diagnostic {
  fileprivate static func badDriverLine(_ line: String) -> Diagnostic {
    Diagnostic(
      id: "internal-error",
      "internal error in CRun: lstmg_run.c wrote '\(line)'; please report",
      exitCode: .internalError)
  }
}
