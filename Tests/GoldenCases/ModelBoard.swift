import Emission
import HostLink
import Lowering
import Simulation

/// A board that computes as the fixed-point model does, for the other end of a `PseudoTerminal`. It can be told
/// to lose frames, and to be wrong.
public final class ModelBoard: @unchecked Sendable {
  private let design: HardwareDesign
  /// What it says of itself.
  private let identity: [UInt8]
  private var simulator: FixedPointSimulator
  private var bytes: [UInt8] = []
  private var frames = 0
  private var steps = 0
  /// Numbers of the step requests, from the start, that get lost on their way to the board and back.
  private let losesRequests: Set<Int>
  private let losesReplies: Set<Int>
  /// What is added to the latency, and to the state of the first slot.
  private let latencyError: Int64
  private let stateError: Int64

  public init(
    _ design: HardwareDesign, identity: [UInt8] = [1], losesRequests: Set<Int> = [],
    losesReplies: Set<Int> = [], latencyError: Int64 = 0, stateError: Int64 = 0
  ) {
    self.design = design
    self.identity = identity
    self.losesRequests = losesRequests
    self.losesReplies = losesReplies
    self.latencyError = latencyError
    self.stateError = stateError
    simulator = FixedPointSimulator(design.network)
  }

  /// What it sends after these bytes have arrived.
  public func answer(_ arrived: [UInt8]) -> [UInt8] {
    bytes += arrived
    var replies: [UInt8] = []
    while let zero = bytes.firstIndex(of: 0) {
      let frame = Frame(encoded: Array(bytes[..<zero]))
      bytes.removeSubrange(...zero)
      guard let frame, let request = Request(rawValue: frame.type),
        let payload = serve(request, frame.payload)
      else { continue }
      replies += Frame(type: request.replyType, number: frame.number, payload: payload).encoded
    }
    return replies
  }

  private func serve(_ request: Request, _ payload: [UInt8]) -> [UInt8]? {
    let width = design.dataBits / 8
    switch request {
    case .ping: return identity
    case .reset:
      simulator.reset()
      return []
    case .readStates:
      var words = [Int64](repeating: 0, count: StateWords(design).count)
      for (place, state) in zip(StateWords.places(design), simulator.states) {
        words[place] = state
      }
      words[StateWords.places(design)[0]] += stateError
      return Words.bytes(words, width: Words.width)
    case .readCounts:
      let latency = Int64(design.replyLatency) + latencyError
      return Words.bytes([latency, Int64(frames), 5], width: Words.width)
    case .step:
      steps += 1
      if losesRequests.contains(steps) { return nil }
      simulator.step(Words.words(payload, width: width).map(Int32.init))
      frames += 1
      if losesReplies.contains(steps) { return nil }
      return Words.bytes(
        design.network.outputs.map { Int64(simulator.values[$0]) }, width: width)
    }
  }
}
