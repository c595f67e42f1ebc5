import Assets
import Boards
import Diagnostics
import Foundation
import HostLink
import Toolchain

/// Looks for everything outside of the program that it may need.
public struct Checkup: Sendable {
  /// One thing that was looked for.
  public struct Finding: Hashable, Codable, Sendable {
    public enum State: String, Codable, Sendable {
      case good, missing
      /// Not wanted by everybody.
      case note
    }

    public let name: String
    public let state: State
    /// Version, place, or what follows from its absence.
    public let text: String
    /// What to type to get it.
    public let remedy: String?
  }

  public struct Section: Hashable, Codable, Sendable {
    public let title: String
    public let findings: [Finding]
  }

  private let environment: ToolEnvironment
  private let runner: JobRunner
  private let board: Board?
  /// Whose cables are meant.
  private let boards: [Board]
  private let rules: UdevRules

  /// With a board, only what that one needs; without, what any of `known` does.
  public init(_ environment: ToolEnvironment, board: Board?, known: [Board]) {
    boards = board.map { [$0] } ?? known
    rules = UdevRules()
    self.environment = environment
    runner = JobRunner(locator: environment.locator)
    self.board = board
  }

  public func sections() async -> [Section] {
    var sections = [
      Section(
        title: "simulation and C",
        findings: await tools([
          (.verilator, "runs the generated Verilog"), (.iverilog, "runs it a second time"),
          (.vvp, "runs what iverilog has compiled"), (.gxx, "compiles Verilator's models"),
          (.gcc, "compiles the C header"),
        ]))
    ]
    for family in BitstreamFlow.Family.allCases where wants(family) {
      sections.append(
        Section(
          title: "bitstreams for \(family.rawValue)",
          findings: await tools(of: family)))
    }
    sections.append(Section(title: "the board", findings: await cable()))
    return sections
  }

  private func wants(_ family: BitstreamFlow.Family) -> Bool {
    guard let board else { return true }
    return Device.named(board.device)?.family.rawValue == family.rawValue
  }

  private static func purpose(_ tool: Tool) -> String {
    switch tool {
    case .yosys: "synthesises"
    case .nextpnrICE40, .nextpnrECP5, .nextpnrGowin: "places and routes"
    default: "makes the bitstream"
    }
  }

  private func tools(of family: BitstreamFlow.Family) async -> [Finding] {
    let tools = environment.tools(for: family, runner: runner)
    var findings: [Finding] = []
    for tool in family.tools {
      switch await tools.place(of: tool, withVersion: true) {
      case .found(let path, let version): findings.append(Self.found(tool, path, version))
      case .tooOld(let path, let version, let oldest):
        findings.append(
          Finding(
            name: tool.rawValue, state: .missing,
            text: "\(version ?? "an unknown version"), \(path): \(oldest) or newer is needed",
            remedy: PythonEnvironment.installLine))
      case .missing: findings.append(Self.missing(tool, Self.purpose(tool)))
      }
    }
    return findings
  }

  private func tools(_ wanted: [(tool: Tool, purpose: String)]) async -> [Finding] {
    let version = ToolVersion(runner, environment: environment.python)
    var findings: [Finding] = []
    for (tool, purpose) in wanted {
      guard let path = environment.locator.find(tool) else {
        findings.append(Self.missing(tool, purpose))
        continue
      }
      findings.append(Self.found(tool, path, await version.of(tool, at: path)))
    }
    return findings
  }

  private static func found(_ tool: Tool, _ path: String, _ version: String?) -> Finding {
    Finding(
      name: tool.rawValue, state: .good, text: (version.map { $0 + ", " } ?? "") + path, remedy: nil
    )
  }

  private static func missing(_ tool: Tool, _ purpose: String) -> Finding {
    Finding(name: tool.rawValue, state: .missing, text: purpose, remedy: tool.installLine)
  }

  // MARK: Cable

  private func cable() async -> [Finding] {
    let loader = await tools([(.openFPGALoader, "sends bitstreams")])
    return loader + [await knownBoard()].compactMap { $0 } + udevRules() + [group(), ports()]
  }

  /// Older versions of the loader do not know all boards.
  private func knownBoard() async -> Finding? {
    guard let board, environment.locator.find(.openFPGALoader) != nil,
      let name = board.loader.drop(while: { $0 != "-b" }).dropFirst().first,
      let list = try? await runner.run(Job(.tool(.openFPGALoader), ["--list-boards"]))
    else { return nil }
    let isKnown = list.split { $0.isWhitespace }.contains { $0 == name }
    return Finding(
      name: "loader's board", state: isKnown ? .good : .missing,
      text: isKnown ? "openFPGALoader knows \(name)" : "this openFPGALoader does not know \(name)",
      remedy: isKnown ? nil : "install a newer openFPGALoader")
  }

  /// Whether users may reach the USB chip of the board, or those of all boards.
  private func udevRules() -> [Finding] {
    Set(boards.flatMap(\.usb)).sorted { "\($0)" < "\($1)" }.map(udevRule)
  }

  private func udevRule(_ device: USBDevice) -> Finding {
    let name = "udev rule for \(device)"
    let access = rules.access(to: device)
    switch access {
    case .everyone(let path), .seat(let path):
      return Finding(name: name, state: .good, text: path, remedy: nil)
    case .group(let group, let path) where getuid() == 0 || Self.isMember(of: group):
      return Finding(name: name, state: .good, text: "\(path), group \(group)", remedy: nil)
    case .group(let group, let path):
      return Finding(
        name: name, state: .note,
        text: "\(path) lets the group \(group) reach it, which this user is not in",
        remedy: Self.joining(group))
    case nil:
      return Finding(
        name: name, state: .note,
        text: "no rule lets users reach the board's USB chip: flash then needs root",
        remedy:
          "echo 'SUBSYSTEM==\"usb\", ATTR{idVendor}==\"\(device.vendor)\","
          + " ATTR{idProduct}==\"\(device.product)\", MODE=\"0660\", GROUP=\"plugdev\","
          + " TAG+=\"uaccess\"' | sudo tee -a /etc/udev/rules.d/60-lstmg-hdl.rules"
          + " && sudo udevadm control --reload && sudo udevadm trigger")
    }
  }

  private static func isMember(of name: String) -> Bool {
    var groups = [gid_t](repeating: 0, count: 256)
    let count = Int(getgroups(Int32(groups.count), &groups))
    guard let wanted = getgrnam(name)?.pointee.gr_gid else { return false }
    return groups.prefix(max(0, count)).contains(wanted)
  }

  private static func joining(_ group: String) -> String {
    "sudo usermod -a -G \(group) $USER, then log in again"
  }

  /// The group that serial ports belong to.
  private func group() -> Finding {
    let name = "dialout"
    guard getuid() != 0 else {
      return Finding(name: "serial ports", state: .good, text: "root may use them all", remedy: nil)
    }
    if Self.isMember(of: name) {
      return Finding(
        name: "serial ports", state: .good, text: "this user is in the group \(name)", remedy: nil)
    }
    return Finding(
      name: "serial ports", state: .note,
      text: "this user is not in the group \(name): talk cannot open a port",
      remedy: Self.joining(name))
  }

  private func ports() -> Finding {
    let ports = SerialPort.candidates()
    return Finding(
      name: "ports", state: ports.isEmpty ? .note : .good,
      text: ports.isEmpty
        ? "no serial port over USB: no board is plugged in"
        : ports.joined(separator: ", "), remedy: nil)
  }
}
