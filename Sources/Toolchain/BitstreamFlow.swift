import Diagnostics
import Foundation

/// The tools that make a bitstream of a board's files, as jobs: planned first, run second.
///
/// All files lie in one folder and have bare names: tools from PyPI run in a sandbox that sees little more.
public struct BitstreamFlow: Hashable, Sendable {
  public enum Family: String, CaseIterable, Sendable {
    case ice40, ecp5, gowin
  }

  public let family: Family
  /// Name of the top module, and beginning of the names of all files.
  public let top: String
  /// Options that name the device and its package.
  public let placement: [String]
  public let packing: [String]
  /// Where all files lie.
  public let folder: String
  /// Wanted clock rate of the oscillator's net in MHz.
  public let oscillatorMHz: Int

  public init(
    _ family: Family, top: String, placement: [String], packing: [String], folder: String,
    oscillatorMHz: Int
  ) {
    self.family = family
    self.top = top
    self.placement = placement
    self.packing = packing
    self.folder = folder
    self.oscillatorMHz = oscillatorMHz
  }

  // MARK: Files

  var netlist: String { top + ".json" }
  public var synthesisScript: String { "synthesis.ys" }
  var synthesisLog: String { "synthesis.log" }
  public var constraints: String {
    switch family {
    case .ice40: top + ".pcf"
    case .ecp5: top + ".lpf"
    case .gowin: top + ".cst"
    }
  }
  /// Clocks, where they have a file of their own.
  public var clockConstraints: String? { family == .gowin ? top + ".sdc" : nil }
  /// A routed design with the contents of its memories.
  var filled: String { "filled.\(routedEnding)" }
  func report(seed: Int) -> String { "report-\(seed).json" }
  public func routed(seed: Int) -> String { "routed-\(seed).\(routedEnding)" }
  fileprivate var routedEnding: String {
    switch family {
    case .ice40: "asc"
    case .ecp5: "config"
    case .gowin: "json"
    }
  }
  /// The bitstream.
  public var bitstream: String {
    switch family {
    case .ice40: top + ".bin"
    case .ecp5: top + ".bit"
    case .gowin: top + ".fs"
    }
  }

  // MARK: Jobs

  /// Commands of yosys for these sources.
  public func synthesisCommands(_ sources: [String]) -> String {
    [
      "read_verilog -defer " + sources.joined(separator: " "),
      ([synthesis] + synthesisOptions + ["-top", top, "-json", netlist]).joined(separator: " "),
      "stat -json",
    ].joined(separator: "\n") + "\n"
  }

  private var synthesis: String { "synth_" + family.rawValue }

  /// Options of yosys's pass for the family.
  public var synthesisOptions: [String] {
    switch family {
    // Enables of few registers cost more in placement than they save.
    case .ice40: ["-dsp", "-dffe_min_ce_use", "8", "-device", "u"]
    // Registers cannot lie beside wide multiplexers.
    case .ecp5: ["-nowidelut"]
    case .gowin: ["-family", "gw2a"]
    }
  }

  /// Options of nextpnr beside device, files and clock.
  public var placementOptions: [String] {
    switch family {
    // Three times the usual weight: paths of a core are short and nearly equal.
    case .ecp5: ["--placer-heap-timingweight", "30"]
    case .ice40, .gowin: []
    }
  }

  public var synthesisJob: Job {
    Job(.tool(.yosys), ["-Q", "-T", "-l", synthesisLog, "-s", synthesisScript], in: folder)
  }

  /// Place and route with a seed. Whether the clocks are fast enough is judged by its report, unless
  /// slow ones are a failure.
  public func placementJob(seed: Int, allowsSlowClocks: Bool = true) -> Job {
    let common =
      [
        "--json", netlist, "--freq", "\(oscillatorMHz)", "--seed", "\(seed)", "--report",
        report(seed: seed),
      ] + (allowsSlowClocks ? ["--timing-allow-fail"] : [])
    switch family {
    case .ice40:
      return Job(
        .tool(.nextpnrICE40),
        placement + common + ["--pcf", constraints, "--asc", routed(seed: seed)], in: folder)
    case .ecp5:
      return Job(
        .tool(.nextpnrECP5),
        placement + common + ["--lpf", constraints, "--textcfg", routed(seed: seed)]
          + placementOptions, in: folder)
    case .gowin:
      return Job(
        .tool(.nextpnrGowin),
        placement + ["--vopt", "cst=\(constraints)"]
          + (clockConstraints.map { ["--sdc", $0] } ?? []) + common
          + ["--write", routed(seed: seed)],
        in: folder)
    }
  }

  /// Makes the bitstream of a routed design.
  public func packingJob(_ routed: String) -> Job {
    switch family {
    case .ice40: Job(.tool(.icepack), packing + [routed, bitstream], in: folder)
    case .ecp5: Job(.tool(.ecppack), packing + [routed, bitstream], in: folder)
    case .gowin: Job(.tool(.gowinPack), packing + ["-o", bitstream, routed], in: folder)
    }
  }
}

extension BitstreamFlow.Family {
  /// Tools that make a bitstream, in their order.
  public var tools: [Tool] {
    switch self {
    case .ice40: [.yosys, .nextpnrICE40, .icepack]
    case .ecp5: [.yosys, .nextpnrECP5, .ecppack]
    case .gowin: [.yosys, .nextpnrGowin, .gowinPack]
    }
  }

  /// The one that makes the bitstream.
  var packer: Tool { tools[tools.count - 1] }
}

extension BitstreamFlow {
  /// What a routed design is called beside its bitstream; nil where its memories cannot be filled.
  public var keptRouting: String? { RoutedMemories(family).map { _ in "routed.\(routedEnding)" } }
}
