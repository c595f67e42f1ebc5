import ArgumentParser
import Assets
import Boards
import Compilation
import Diagnostics
import Emission
import FixedPoint
import Lowering
import NetSpec

extension TargetFamily: ExpressibleByArgument {}
extension ProfileName: ExpressibleByArgument {}

/// What decides about the hardware and its numbers.
struct DesignOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "Name of the network, its top module and its C functions; default: the file's.",
      valueName: "name"))
  var name: String?

  @Option(help: "Device family, which gives the default widths.")
  var target: TargetFamily?

  @Option(
    help: ArgumentHelp(
      "Device that has to hold the design: \(OptionValues.deviceNames).", valueName: "name"),
    transform: OptionValues.device)
  var device: Device?

  @Option(
    help: ArgumentHelp(
      "Board that the core is for: its files, with a serial link to a host, come with the core."
        + " 'lstmg-hdl boards' lists them; a path names a description of your own.",
      valueName: "name|file"))
  var board: String?

  @Option(
    help: ArgumentHelp(
      "Multiply-accumulate lanes, 1 to 64, or 'auto' (default): as many as pay and fit.",
      valueName: "p|auto"),
    transform: OptionValues.lanes)
  var lanes: LaneRequest?

  @Option(
    help: ArgumentHelp(
      "Where lanes find the values that they multiply by: each has its 'own' program and copy of"
        + " them, or so many lanes have one between them ('shared': the most that sharing allows without loss"
        + " of time); 'auto' (default): shared where that saves memory and costs no time, or fits and"
        + " own does not.",
      valueName: "own|shared|n|auto"),
    transform: OptionValues.sources)
  var sources: SourceRequest?

  @Option(
    help: ArgumentHelp(
      "Where weights lie: in 'block' memories, or in 'spram', loaded from a flash memory at the start"
        + " (ice40); 'auto' (default): in block memories unless only SPRAM makes the design fit.",
      valueName: "auto|block|spram"),
    transform: OptionValues.weightMemory)
  var weightMemory: WeightMemoryRequest?

  @Option(
    help: ArgumentHelp(
      "Pipeline depth (default: the fastest where clock rates are known, else balanced for ecp5,"
        + " segmented for ice40, shallow for others)."))
  var profile: ProfileName?

  @Option(
    help: ArgumentHelp(
      "Choose the smallest hardware that makes a step in so many microseconds; the target's clock"
        + " rates must be known.",
      valueName: "us"),
    transform: OptionValues.microseconds)
  var targetUs: Double?

  @Option(
    help: ArgumentHelp("Width of a weight, 4 to 18 bits.", valueName: "w"),
    transform: OptionValues.operandBits)
  var weightBits: Int?

  @Option(
    help: ArgumentHelp("Width of an activation, 4 to 18 bits.", valueName: "a"),
    transform: OptionValues.operandBits)
  var activationBits: Int?

  @Option(
    help: ArgumentHelp("Width of a state, 8 to 32 bits (default: 32).", valueName: "s"),
    transform: OptionValues.stateBits)
  var stateBits: Int?

  @Option(
    help: ArgumentHelp(
      "Integer bits of a state (default: 10 of 32 bits, or what --calibrate finds).",
      valueName: "m"),
    transform: OptionValues.stateIntegerBits)
  var stateIntegerBits: Int?

  @Option(
    help: ArgumentHelp(
      "An input that never changes, such as a bias; it is built in. May be repeated.",
      valueName: "index=value"),
    transform: OptionValues.constant)
  var constantInput: [ConstantInput] = []

  // Unconditional, because a range may begin with a minus sign.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Range of every input, ends included (default: -1:1).", valueName: "lo:hi"),
    transform: OptionValues.range)
  var inputRange: ClosedRange<Double>?

  @Option(
    help: ArgumentHelp(
      "Data that the formats are fitted to: ranges of inputs, states and linear outputs.",
      valueName: "data"),
    completion: .file())
  var calibrate: String?

  /// Whether nothing at all was asked for.
  var isEmpty: Bool {
    board == nil && isEmptyButForBoard
  }

  /// Whether nothing but a board was asked for.
  var isEmptyButForBoard: Bool {
    name == nil && target == nil && device == nil && lanes == nil && sources == nil
      && weightMemory == nil && profile == nil
      && targetUs == nil && weightBits == nil
      && activationBits == nil && stateBits == nil && stateIntegerBits == nil
      && constantInput.isEmpty && inputRange == nil && calibrate == nil
  }

  func validate() throws {
    if let target, let device, device.family != target {
      throw ValidationError(
        "--device \(device.name) is of family \(device.family.rawValue), not"
          + " \(target.rawValue).")
    }
    if board != nil, target != nil || device != nil {
      throw ValidationError("--board names the device: leave --target and --device out.")
    }
    if case .exactly(let lanes)? = lanes, case .exactly(let count)? = sources,
      lanes % count != 0
    {
      throw ValidationError("--sources \(count) does not divide --lanes \(lanes).")
    }
    if inputRange != nil, calibrate != nil {
      throw ValidationError("Give either --input-range or --calibrate, not both.")
    }
    if let stateIntegerBits, stateIntegerBits > (stateBits ?? 32) - 2 {
      throw ValidationError(
        "--state-integer-bits \(stateIntegerBits) leaves no fraction in a state of"
          + " \(stateBits ?? 32) bits.")
    }
  }

  /// The name asked for, or that of the file; a name that has to be changed is told.
  func networkName(_ spec: String, _ console: Console) -> String {
    guard let name else { return SpecLoader.defaultName(of: spec) }
    let legal = Identifier(name).text
    if legal != name { console.show([.renamed(name, legal)]) }
    return name
  }

  /// Puts the board that was asked for, its device and what that has left beside the serial link into
  /// the options; leaves them alone where none was.
  func setBoard(_ options: inout CompilerOptions) throws {
    let board = try board.map(BoardLibrary.known(AssetLocator()).board) ?? options.board
    guard let board else { return }
    let device = try OptionValues.device(board)
    options.board = board
    options.target = device.family
    options.device = device.besideLink
  }

  /// The compiler's options for a network; calibration runs it over the data.
  func compilerOptions(
    for document: NetSpecDocument, _ console: Console
  ) throws -> CompilerOptions {
    var options = CompilerOptions()
    options.target = target ?? device?.family ?? .generic
    options.device = device
    try setBoard(&options)
    options.lanes = lanes ?? .automatic
    options.sources = sources ?? .automatic
    options.weightMemory = weightMemory?.memory
    options.profile = profile
    options.stepMicroseconds = targetUs
    options.weightBits = weightBits
    options.activationBits = activationBits
    options.stateBits = stateBits
    options.stateIntegerBits = stateIntegerBits
    options.inputRange = inputRange ?? options.inputRange
    options.constantInputs = try ConstantInputs(constantInput.map { ($0.index, $0.value) })
      .values(for: document.network)
    if let calibrate {
      let input = try InputData(
        calibrate, for: document.network, constantInputs: options.constantInputs)
      console.progress("calibrating with \(input.data.stepCount) steps")
      options.calibration = try Calibration(
        document.network, constantInputs: options.constantInputs, data: input.data)
    }
    return options
  }
}

extension Diagnostic {
  fileprivate static func renamed(_ name: String, _ legal: String) -> Diagnostic {
    Diagnostic(
      .note, id: "renamed", "'\(name)' is no name in Verilog and C; using '\(legal)'")
  }
}
