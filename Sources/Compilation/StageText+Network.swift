import Lowering
import Network

struct NetworkText: Encodable {
  struct NodeText: Encodable {
    let index: Int
    let state: Double
    let function: String
    let initialActivation: Double
    let line: Int?
  }

  struct ConnectionText: Encodable {
    let destination: Int
    let source: Int
    let weight: Double
    let gater: Int?
    let trace: Double
    let role: String

    init(_ connection: Connection) {
      destination = connection.destination.index
      source = connection.source.index
      weight = connection.weight
      gater = connection.gater?.index
      trace = connection.trace
      role =
        switch connection.role {
        case .weighted: "weighted"
        case .selfConnection: "self-connection"
        case .argumentBias: "argument-bias"
        }
    }
  }

  struct TraceText: Encodable {
    let destination: Int
    let source: Int
    let influenced: Int
    let value: Double
  }

  let inputs: Int
  let outputs: Int
  let nodes: [NodeText]
  let connections: [ConnectionText]
  let extendedTraces: [TraceText]

  init(_ network: Network) {
    inputs = network.inputCount
    outputs = network.outputCount
    nodes = network.nodes.enumerated().map { index, node in
      NodeText(
        index: index, state: node.state, function: node.function.name,
        initialActivation: node.initialActivation, line: node.line)
    }
    connections = network.connections.map(ConnectionText.init)
    extendedTraces = network.extendedTraces.map { trace in
      TraceText(
        destination: trace.destination.index, source: trace.source.index,
        influenced: trace.influenced.index, value: trace.value)
    }
  }
}

struct LevelledText: Encodable {
  struct ConstantText: Encodable {
    let node: Int
    let value: Double
  }

  /// What a connection reads.
  struct ReadText: Encodable {
    let destination: Int
    let source: OperandText
    let gater: OperandText?
  }

  let streamedInputs: [Int]
  let constants: [ConstantText]
  let materialised: [Int]
  let reads: [ReadText]

  init(_ levelled: Levelled) {
    streamedInputs = levelled.streamedInputs.map(\.index)
    constants = levelled.constants.enumerated().compactMap { node, value in
      value.map { ConstantText(node: node, value: $0) }
    }
    materialised = levelled.materialised.map(\.index).sorted()
    reads = levelled.network.connections.map { connection in
      let reader = connection.destination
      return ReadText(
        destination: reader.index,
        source: OperandText(levelled.operand(connection.source, readBy: reader)),
        gater: connection.gater.map { OperandText(levelled.operand($0, readBy: reader)) })
    }
  }
}

struct FactoredText: Encodable {
  struct ProductText: Encodable {
    let value: Int
    let gater: OperandText
    let source: OperandText
  }

  struct TermText: Encodable {
    let source: OperandText
    let weight: Double
  }

  struct SumText: Encodable {
    let gater: OperandText?
    let constant: Double
    let terms: [TermText]
  }

  struct CellText: Encodable {
    let node: Int
    let function: String
    let retention: String
    let retentionGater: OperandText?
    let argumentBias: OperandText?
    let argumentConstant: Double?
    let sums: [SumText]

    init(_ cell: GateFactored.Cell, _ factored: GateFactored) {
      node = cell.node.index
      function = cell.function.name
      (retention, retentionGater) =
        switch cell.retention {
        case .forgotten: ("forgotten", nil)
        case .kept: ("kept", nil)
        case .gated(let gater): ("gated", OperandText(gater))
        }
      (argumentBias, argumentConstant) =
        switch cell.argumentBias {
        case .none: (nil, nil)
        case .value(let operand): (OperandText(operand), nil)
        case .constant(let value): (nil, value)
        }
      sums = factored.sums[cell.sums].map { sum in
        SumText(
          gater: sum.gater.map(OperandText.init), constant: sum.constant,
          terms: factored.terms[sum.terms].map {
            TermText(source: OperandText($0.source), weight: $0.weight)
          })
      }
    }
  }

  let gateProductsPerDestination: Int
  let gateProducts: Int
  let products: [ProductText]
  let cells: [CellText]

  init(_ factored: GateFactored) {
    gateProductsPerDestination = factored.gateProductsPerDestination
    gateProducts = factored.gateProducts
    products = factored.products.enumerated().map { index, product in
      ProductText(
        value: factored.network.nodeCount + index, gater: OperandText(product.gater),
        source: OperandText(product.source))
    }
    cells = factored.cells.map { CellText($0, factored) }
  }
}
