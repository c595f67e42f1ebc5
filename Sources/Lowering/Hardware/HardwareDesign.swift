import FixedPoint
import Network

/// Everything that generated files say about the hardware: the one source of widths, latencies,
/// parameters and memory contents.
public struct HardwareDesign: Sendable {
  public let network: QuantisedNetwork
  public let schedule: Schedule
  public let map: MemoryMap
  /// Slot in its unit's state memory, by state slot of the network.
  public let stateSlots: [Int]
  /// The unit that stores a state, by state slot of the network.
  public let stateUnits: [Int]
  /// Initial states by unit.
  public let unitStates: [[Int64]]
  public let layout: WordLayout
  /// Whether weights come from outside at the start instead of from images.
  public let loadsWeights: Bool

  public init(
    _ network: QuantisedNetwork, _ schedule: Schedule,
    program: ProgramForm = .shortest(block: 512), loadsWeights: Bool = false
  ) {
    self.network = network
    self.schedule = schedule
    self.loadsWeights = loadsWeights
    map = MemoryMap(network)
    var unitOfCell = [Int](repeating: 0, count: network.cells.count)
    for (unit, operations) in schedule.operations.enumerated() {
      for case let operation? in operations { unitOfCell[operation.cell] = unit }
    }
    var slots = [Int](repeating: 0, count: network.initialStates.count)
    var units = slots
    var states = [[Int64]](repeating: [], count: schedule.units)
    for (index, cell) in network.cells.enumerated() {
      guard let slot = cell.stateSlot else { continue }
      units[slot] = unitOfCell[index]
      slots[slot] = states[unitOfCell[index]].count
      states[unitOfCell[index]].append(network.initialStates[slot])
    }
    stateSlots = slots
    stateUnits = units
    unitStates = states
    layout = WordLayout(
      network.plan, schedule, map, states: states.map(\.count).max() ?? 0, program: program)
  }

  /// Whether a lane finds its weights in the words of its program, not in a memory of their own.
  public var hasWeightsInProgram: Bool { schedule.lanesPerStream == 1 && !loadsWeights }

  /// Bits of one stream element: whole bytes.
  public var dataBits: Int { (network.plan.activationBits + 7) / 8 * 8 }
  public var inputBeats: Int { max(1, network.inputs.count) }
  public var outputBeats: Int { network.outputs.count }

  /// From the acceptance of a frame's last beat to the start of the step, on an idle core.
  private var startLatency: Int {
    (network.inputs.isEmpty ? 3 : 4) + schedule.profile.controlStages
  }
  /// From the acceptance of the last input beat to the cycle in which the step's last result is
  /// written, on an idle core.
  public var computeLatency: Int {
    startLatency + schedule.lastResult
  }
  /// From the acceptance of the first input beat to that of the last output beat, on an idle core
  /// whose consumer is always ready.
  public var latency: Int {
    inputBeats - 1 + startLatency + schedule.outputResult + schedule.profile.output + outputBeats
      - 1
  }
  /// From the acceptance of the last input beat to the cycle in which the first output beat is offered, on
  /// an idle core; what a board counts.
  public var replyLatency: Int { latency - (inputBeats - 1) - (outputBeats - 1) }
  /// Part of the lane slots that multiply.
  public var utilization: Double {
    Double(network.macsPerStep) / Double(schedule.lanes * schedule.period)
  }

  /// Parameters of `lstmg_core`, in its order of declaration, without the names of images.
  public var parameters: [(name: String, value: Int)] {
    let plan = network.plan
    let profile = schedule.profile
    return [
      ("LANES", schedule.lanes), ("UNITS", schedule.units),
      ("LANES_PER_STREAM", schedule.lanesPerStream), ("PERIOD", schedule.period),
      ("STAGES", schedule.stages), ("STAGE_BITS", layout.stageBits),
      ("PROGRAM_DEPTH", layout.programDepth), ("PC_BITS", layout.positionBits),
      ("OPERATION_DEPTH", layout.operationDepth), ("OPERATION_ADDRESS_BITS", layout.operationBits),
      ("CAPTURE_BITS", layout.captureBits), ("CAPTURE_AGE_BITS", layout.captureAgeBits),
      ("HAS_CAPTURES", layout.hasCaptures ? 1 : 0),
      ("STATE_SLOT_BITS", layout.stateSlotBits), ("SLOT_BITS", layout.slotBits),
      ("LANE_SLOT_BITS", layout.laneSlotBits),
      ("GATE_SLOT_BITS", layout.gateSlotBits), ("GATE_WINDOW", map.window(.gate).number),
      ("HAS_GATES", map.window(.gate).isRead ? 1 : 0),
      ("VALUE_SLOT_BITS", layout.valueSlotBits), ("VALUE_WINDOW", map.window(.value).number),
      ("HAS_VALUES", map.window(.value).isRead ? 1 : 0),
      ("INPUT_BEATS", inputBeats), ("HAS_INPUTS", network.inputs.isEmpty ? 0 : 1),
      ("OUTPUT_BEATS", outputBeats), ("OUTPUT_BITS", layout.outputBits),
      ("OUTPUT_BANK_BITS", layout.outputBankBits), ("DATA_BITS", dataBits),
      ("RELEASE_LATENCY", schedule.inputRelease),
      ("UNITS_READ_INPUTS", schedule.writeBack.unitsReadingInputs == 0 ? 0 : 1),
      ("WEIGHT_BITS", plan.weightBits), ("VALUE_BITS", plan.activationBits),
      ("LANE_SUM_BITS", plan.laneAccumulatorBits), ("STATE_BITS", plan.formats.state.width),
      ("OPERAND_BITS", plan.operand.width), ("ALIGNED_BITS", plan.alignedBits),
      ("SHIFT_BITS", plan.shiftBits), ("SUM_LEFT", plan.sumLeftShift),
      ("VALUE_LEFT", plan.valueLeftShift), ("STATE_LEFT", plan.stateLeftShift),
      ("NODE_SUM_BITS", plan.nodeAccumulatorBits), ("WIDE_BITS", plan.wideState.width),
      ("ARGUMENT_BITS", plan.table.argument.width), ("STATE_SHIFT", plan.stateShift),
      ("ARGUMENT_SHIFT", plan.argumentShift), ("LINEAR_SHIFT", plan.linearShift),
      ("INTEGER_BITS", layout.integerBits), ("SEGMENT_BITS", plan.table.segmentBits),
      ("OFFSET_BITS", plan.table.offsetBits), ("BASE_BITS", plan.table.baseBits),
      ("SLOPE_BITS", plan.table.slopeBits),
      ("CONTROL_STAGES", profile.controlStages), ("ROM_LATENCY", profile.romLatency),
      ("ADDRESS_LATENCY", profile.addressLatency),
      ("RAM_LATENCY", profile.ramLatency), ("MULTIPLY_LATENCY", profile.multiplyLatency),
      ("SUM_SEGMENTS", profile.sumSegments), ("SOURCE_SKEW", profile.sourceSkew),
      ("PART_SEGMENTS", profile.partSegments),
      ("ALIGN_STAGES", profile.alignStages), ("ROUND_SEGMENTS", profile.roundSegments),
      ("MULTIPLIER_BITS", profile.multiplierBits), ("GATE_LATENCY", profile.gateLatency),
      ("GAIN_SEGMENTS", profile.gainSegments), ("NODE_SEGMENTS", profile.nodeSegments),
      ("WIDE_STAGES", profile.wideStages), ("ARGUMENT_BIAS", profile.argumentBias),
      ("PRODUCT_PATH", profile.hasProductPath ? 1 : 0),
      ("PRODUCT_SEGMENTS", profile.productSegments),
      ("LINEAR_PATH", profile.hasLinearPath ? 1 : 0),
      ("MAGNITUDE_SEGMENTS", profile.magnitudeSegments), ("CLIP_STAGES", profile.clipStages),
      ("TABLE_LATENCY", profile.tableLatency), ("TABLE_SEGMENTS", profile.tableSegments),
      ("BUS_STAGES", profile.busStages),
    ] + (loadsWeights ? [("LOADED_WEIGHTS", 1)] : [])
  }
}
