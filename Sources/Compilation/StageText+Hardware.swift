import FixedPoint
import Lowering

struct QuantisedText: Encodable {
  struct AddendText: Encodable {
    let input: String
    let value: OperandText?
    let sum: Int?
    let shift: Int
    let constant: Int64
    let gater: OperandText?

    init(_ addend: QuantisedNetwork.Addend) {
      (input, value, sum) =
        switch addend.input {
        case .sum(let index): ("sum", nil, index)
        case .value(let operand): ("value", OperandText(operand), nil)
        case .state: ("state", nil, nil)
        case .nothing: ("nothing", nil, nil)
        }
      shift = addend.shift
      constant = addend.constant
      gater = addend.gater.map(OperandText.init)
    }
  }

  struct CellText: Encodable {
    let value: Int
    let isNode: Bool
    let output: String
    let stateSlot: Int?
    let addends: [AddendText]
    let argumentBias: AddendText?

    init(_ cell: QuantisedNetwork.Cell, _ network: QuantisedNetwork) {
      value = cell.value
      isNode = cell.isNode
      output =
        switch cell.output {
        case .logistic: "logistic"
        case .tanh: "tanh"
        case .linear(rectified: false): "linear"
        case .linear(rectified: true): "rectified"
        }
      stateSlot = cell.stateSlot
      addends = network.addends[cell.addends].map(AddendText.init)
      argumentBias = cell.argumentBias.map(AddendText.init)
    }
  }

  struct TermText: Encodable {
    let source: OperandText
    let weight: Int32
  }

  struct SumText: Encodable {
    let weightExponent: Int
    let terms: [TermText]
  }

  let weightBits: Int
  let activationBits: Int
  let state: String
  let operand: String
  let wideState: String
  let argument: String
  let valueFormats: [String]
  let initialValues: [Int32]
  let initialStates: [Int64]
  let inputs: [Int]
  let outputs: [Int]
  let cells: [CellText]
  let sums: [SumText]

  init(_ network: QuantisedNetwork) {
    let plan = network.plan
    weightBits = plan.weightBits
    activationBits = plan.activationBits
    state = plan.formats.state.description
    operand = plan.operand.description
    wideState = plan.wideState.description
    argument = plan.table.argument.description
    valueFormats = network.valueFormats.map(\.description)
    initialValues = network.initialValues
    initialStates = network.initialStates
    inputs = network.inputs
    outputs = network.outputs
    cells = network.cells.map { CellText($0, network) }
    sums = network.sums.map { sum in
      SumText(
        weightExponent: sum.weightExponent,
        terms: network.terms[sum.terms].map {
          TermText(source: OperandText($0.source), weight: $0.weight)
        })
    }
  }
}

struct ScheduleText: Encodable {
  /// A cycle that is not idle.
  struct SlotText: Encodable {
    let cycle: Int
    let term: Int?
    let isLast: Bool
    let stage: Int
  }

  struct OperationText: Encodable {
    let cycle: Int
    let value: Int
    let addend: Int?
    let capture: Int?
    let captureAge: Int?
    let isDirect: Bool
    let stage: Int
    let isArgumentBias: Bool
    let isFirst: Bool
    let isFinish: Bool
    let startsOutput: Bool
    let completesStep: Bool
  }

  let reason: String
  let lanes: Int
  let lanesPerStream: Int
  let units: Int
  let period: Int
  let bounds: [String: Int]
  let laneSlots: [[SlotText]]
  let operations: [[OperationText]]

  init(_ choice: ConfigurationChoice, _ network: QuantisedNetwork) {
    let schedule = choice.schedule
    reason = choice.reason
    lanes = schedule.lanes
    lanesPerStream = schedule.lanesPerStream
    units = schedule.units
    period = schedule.period
    bounds = Dictionary(
      uniqueKeysWithValues: schedule.bound.cycles.map { ($0.key.rawValue, $0.value) })
    laneSlots = schedule.laneSlots.map { slots in
      slots.enumerated().compactMap { cycle, slot in
        guard slot.term != nil || slot.isLast else { return nil }
        return SlotText(
          cycle: cycle, term: slot.term.map(Int.init), isLast: slot.isLast,
          stage: Int(slot.stage))
      }
    }
    operations = schedule.operations.map { slots in
      slots.enumerated().compactMap { cycle, slot in
        slot.map { operation in
          OperationText(
            cycle: cycle, value: network.cells[operation.cell].value, addend: operation.addend,
            capture: operation.part?.capture, captureAge: operation.part?.age,
            isDirect: operation.part?.isDirect ?? false, stage: operation.stage,
            isArgumentBias: operation.isArgumentBias,
            isFirst: operation.isFirst, isFinish: operation.isFinish,
            startsOutput: operation.startsOutput, completesStep: operation.completesStep)
        }
      }
    }
  }
}

struct DesignText: Encodable {
  struct ImageText: Encodable {
    let name: String
    let summary: String
    let bits: Int
    let words: [String]
  }

  let parameters: [String: Int]
  /// Slot of the activation memory, by value; null where nothing reads the value.
  let slots: [Int?]
  let stateSlots: [Int]
  let computeLatency: Int
  let latency: Int
  let images: [ImageText]

  init(_ design: HardwareDesign) {
    parameters = Dictionary(uniqueKeysWithValues: design.parameters.map { ($0.name, $0.value) })
    slots = design.map.slots
    stateSlots = design.stateSlots
    computeLatency = design.computeLatency
    latency = design.latency
    images = design.images.map { image in
      ImageText(
        name: image.suffix, summary: image.summary, bits: image.words.first?.width ?? 0,
        words: image.words.map(\.hexadecimal))
    }
  }
}
