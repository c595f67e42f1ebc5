import Diagnostics
import FixedPoint
import Lowering
import Network

/// Gives a retrained network the formats of hardware that is there, which may leave more room than its weights
/// need.
struct FormatReuse {
  /// The network that the hardware was made for, and its options.
  let built: SimulationSubject

  /// Places that a message names.
  private static let limit = 6

  /// The options of the hardware for another network: they ask for its formats only where the network's own
  /// would differ. Fails if the network needs wider ones.
  func options(for network: Network) throws(DiagnosticList) -> CompilerOptions {
    var options = built.options
    let room = FormatRoom(try Pipeline(options).quantised(built.document.network))
    options.formatRoom = nil
    let own = FormatRoom(try Pipeline(options).quantised(network))
    // Another shape: whoever compares the hardware has more to say.
    if own == room || own.values.count != room.values.count { return options }
    options.formatRoom = room
    let quantised = try Pipeline(options).quantised(network)
    let needed = FormatRoom(quantised)
    guard needed == room else {
      throw DiagnosticList([.tooWide(notes(quantised, needed, room))])
    }
    return options
  }

  private func notes(
    _ network: QuantisedNetwork, _ needed: FormatRoom, _ room: FormatRoom
  ) -> [String] {
    let width = network.plan.activationBits
    let values = needed.values(beyond: room).prefix(Self.limit).map { value in
      "\(name(of: value, network)): \(QFormat(integerBits: needed.values[value], width: width)),"
        + " the bitstream has \(QFormat(integerBits: room.values[value], width: width))"
    }
    let operand = network.plan.operand
    return values
      + (needed.operand > room.operand
        ? [
          "gate operands: \(operand), the bitstream has"
            + " \(QFormat(integerBits: room.operand, fractionBits: operand.fractionBits))"
        ] : [])
  }

  private func name(of value: ValueID, _ network: QuantisedNetwork) -> String {
    let count = network.network.nodeCount
    guard value >= count else { return "node \(value)" }
    let product = network.factored.products[value - count]
    return "node \(product.source.value) gated by node \(product.gater.value)"
  }
}

extension Diagnostic {
  fileprivate static func tooWide(_ notes: [String]) -> Diagnostic {
    Diagnostic(
      id: "wider-formats",
      "the weights need wider formats than the bitstream has: larger ones bound values higher",
      notes: notes.map { Note($0) },
      hint: "train towards smaller weights, or build again without --reuse", exitCode: .checkFailed)
  }
}
