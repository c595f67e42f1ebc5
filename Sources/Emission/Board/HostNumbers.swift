import Boards
import HostLink
import Lowering

/// Everything that a program on the host has to know of a board and its network, by the names that its
/// clients in every language have for it.
struct HostNumbers {
  enum Value {
    case number(Int)
    case hexadecimal(Int)
    case text(String)
    case list([String])
  }

  let design: HardwareDesign
  let board: Board
  let identity: BoardIdentity
  let name: Identifier

  /// What the link and the shape of the network decide.
  var constants: [(name: String, value: Value)] {
    let states = stateNodes
    let hash = BoardIdentity.hashPlace
    let bare = BoardIdentity.namePlace
    return [
      ("NAME", .text(name.text)), ("HASH", .text(identity.hash)),
      ("BAUD_RATE", .number(board.uart.baud)),
      ("INPUTS", .number(identity.inputs)), ("OUTPUTS", .number(identity.outputs)),
      ("ELEMENT_BYTES", .number(identity.elementBytes)),
      ("STATES", .number(identity.states)), ("STATE_NODES", .number(states.count)),
      ("STATE_FRACTION_BITS", .number(design.network.plan.formats.state.fractionBits)),
      ("WORD_BYTES", .number(Words.width)),
      ("PROTOCOL", .number(BoardIdentity.protocolVersion)),
      ("IDENTITY_BYTES", .number(BoardIdentity.byteCount)),
      ("HERTZ_AT", .number(BoardIdentity.hertzPlace.lowerBound)),
      ("HASH_AT", .number(hash.lowerBound)), ("HASH_BYTES", .number(hash.count)),
      ("NAME_AT", .number(bare.lowerBound)), ("NAME_BYTES", .number(bare.count)),
      ("COUNTS", .number(BoardCount.allCases.count)),
      ("LATENCY_COUNT", .number(BoardCount.latency.rawValue)),
      ("STEP_COUNT", .number(BoardCount.steps.rawValue)),
      ("BAD_FRAME_COUNT", .number(BoardCount.badFrames.rawValue)),
      ("PING", type(Request.ping.rawValue)), ("STEP", type(Request.step.rawValue)),
      ("RESET", type(Request.reset.rawValue)), ("READ_STATES", type(Request.readStates.rawValue)),
      ("READ_COUNTS", type(Request.readCounts.rawValue)), ("REPLY", type(Request.replyBit)),
      ("REFUSAL", type(Refusal.frameType)),
      ("UNKNOWN_TYPE", .number(Int(Refusal.unknownType.rawValue))),
      ("WRONG_LENGTH", .number(Int(Refusal.wrongLength.rawValue))),
      ("NOT_ABLE", .number(Int(Refusal.notAble.rawValue))),
      ("OVERHEAD", .number(Frame.overhead)), ("LONGEST_FRAME", .number(longestFrame)),
      ("COBS_BLOCK", .number(COBS.blockSize)),
      ("CRC_POLYNOMIAL", .hexadecimal(Int(CRC16.polynomial))),
      ("CRC_START", .hexadecimal(Int(CRC16.start))),
    ]
  }

  /// Formats and names of streams, for clients without the C header.
  var formats: [(name: String, value: Value)] {
    let network = design.network
    func fractions(_ values: [ValueID]) -> Value {
      .list(values.map { "\(network.valueFormats[$0].fractionBits)" })
    }
    return [
      ("ACTIVATION_BITS", .number(network.plan.activationBits)),
      ("INPUT_FRACTION_BITS", fractions(network.inputs)),
      ("OUTPUT_FRACTION_BITS", fractions(network.outputs)),
      ("OUTPUT_NAMES", .list(network.outputs.map { "\"node \($0)\"" })),
    ]
  }

  /// Nodes that store a state, each with its place in what a host reads.
  var stateNodes: [(node: Int, place: Int)] {
    let places = StateWords.places(design)
    return design.network.cells.compactMap { cell in
      guard cell.isNode, let slot = cell.stateSlot else { return nil }
      return (cell.value, places[slot])
    }.sorted { $0.node < $1.node }
  }

  private var longestFrame: Int {
    Frame.overhead
      + max(
        identity.inputs * identity.elementBytes, identity.outputs * identity.elementBytes,
        identity.states * Words.width, BoardIdentity.byteCount,
        BoardCount.allCases.count * Words.width)
  }

  private func type(_ byte: UInt8) -> Value { .hexadecimal(Int(byte)) }
}
