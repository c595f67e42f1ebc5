/// What of yosys' log announces hardware that may differ from the Verilog.
enum SynthesisLog {
  /// Warnings with their indented continuation lines, and what yosys tells of without a warning.
  static func findings(in log: String) -> [String] {
    var findings: [String] = []
    var isContinued = false
    for line in log.split(separator: "\n") {
      if isContinued, line.hasPrefix(" ") {
        findings.append(String(line))
        continue
      }
      isContinued = isFinding(line)
      if isContinued { findings.append(String(line)) }
    }
    return findings
  }

  private static func isFinding(_ line: Substring) -> Bool {
    // A remark of the mapper about networks without registers, that is about every one.
    if line.hasPrefix("ABC: ") { return false }
    // What a script told the logger not to warn of.
    if line.hasPrefix("Suppressed ") { return false }
    return line.hasPrefix("Warning: ") || line.contains(": Warning: ")
      || line.hasPrefix("Latch inferred") || line.contains("Driver-driver conflict")
      || line.contains("found logic loop") || line.hasPrefix("Breaking loop ")
  }
}
