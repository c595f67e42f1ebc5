import Diagnostics

/// What a simulation showed, cycle by cycle. Cycle 0 is the first rising edge of the clock.
public struct SimulationTrace: Hashable, Sendable {
  /// One element on the output stream.
  public struct Beat: Hashable, Sendable {
    /// Sign-extended from the width of the stream.
    public let value: Int64
    public let isLast: Bool
    public let cycle: Int
  }

  /// `frame_error` rose or fell.
  public struct ErrorChange: Hashable, Sendable {
    public let isError: Bool
    public let cycle: Int
  }

  /// Something the testbench objected to.
  public struct Remark: Hashable, Sendable {
    public let cycle: Int
    public let text: String
  }

  public internal(set) var beats: [Beat] = []
  /// Cycle in which the first beat of each input frame was accepted.
  public internal(set) var firstInputs: [Int] = []
  /// Cycle in which the last beat of each input frame was accepted.
  public internal(set) var lastInputs: [Int] = []
  /// Cycles in which the last result of a step was written.
  public internal(set) var stepsDone: [Int] = []
  public internal(set) var errorChanges: [ErrorChange] = []
  /// Broken rules of AXI-Stream; under Icarus also unknown values.
  public internal(set) var violations: [Remark] = []
  /// What the run waited for in vain when it was given up.
  public internal(set) var timeout: Remark?
  /// Length of the run.
  public internal(set) var cycles = 0

  /// Values of the output frames; a last one without end is left out.
  public var frames: [[Int64]] {
    var frames: [[Int64]] = []
    var frame: [Int64] = []
    for beat in beats {
      frame.append(beat.value)
      if beat.isLast {
        frames.append(frame)
        frame.removeAll(keepingCapacity: true)
      }
    }
    return frames
  }

  /// The trace itself, if the core kept the rules of the stream and nothing was missing.
  public func checked() throws(Diagnostic) -> Self {
    if let first = violations.first { throw .violation(first, count: violations.count) }
    if let timeout { throw .noProgress(timeout) }
    return self
  }
}

extension Diagnostic {
  fileprivate static func violation(_ remark: SimulationTrace.Remark, count: Int) -> Self {
    Self(
      id: "stream-violation", "cycle \(remark.cycle): \(remark.text)",
      notes: count > 1 ? [Note("and \(count - 1) more like it")] : [], exitCode: .checkFailed)
  }

  fileprivate static func noProgress(_ remark: SimulationTrace.Remark) -> Self {
    Self(
      id: "simulation-timeout",
      "nothing moved up to cycle \(remark.cycle) while waiting for \(remark.text)",
      exitCode: .checkFailed)
  }
}
