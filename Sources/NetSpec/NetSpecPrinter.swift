import Network

/// Prints a network as the canonical text of a manual netSpec.
///
/// What a dialect cannot express is left out: functions other than the logistic one and initial
/// activations in csv, argument biases in seed.
public struct NetSpecPrinter: Sendable {
  public init() {}

  /// The text in a dialect. `carriesStates` matters to csv alone: without it states, traces and
  /// extended traces are left out, as in a network that has never been run. Extended traces that
  /// the dialect demands and the network lacks are printed as 0.
  public func text(_ network: Network, dialect: Dialect, carriesStates: Bool = true) -> String {
    // Not far from the truth for weights and traces of full length; a guess too low costs a copy.
    let lines = network.nodeCount + network.connections.count + network.extendedTraces.count
    var writer = TextWriter(capacity: 40 * lines)
    let table = ConnectionTable(network)
    switch dialect {
    case .seed: writeSeed(network, table, to: &writer)
    case .csv: writeCsv(network, table, carriesStates: carriesStates, to: &writer)
    }
    return writer.text
  }

  private func writeSeed(
    _ network: Network, _ table: ConnectionTable, to writer: inout TextWriter
  ) {
    writer.write("0\n\n")
    for (index, node) in network.nodes.enumerated() {
      writer.write(index)
      writer.write(" ")
      writer.write(node.state)
      writer.write(" ")
      writer.write(node.function.rawValue)
      writer.write("\n")
    }
    writer.write("\n")
    for position in table.orderBySource() {
      let connection = table.connections[Int(position)]
      writer.write(connection.destination)
      writer.write(" ")
      writer.write(connection.source)
      writer.write(" ")
      writer.write(connection.role == .selfConnection ? 1 : connection.weight)
      writer.write(" ")
      writer.write(connection.gater)
      writer.write(" ")
      writer.write(connection.trace)
      writer.write("\n")
    }
    writer.write("\n")
    writeExtendedTraces(
      network, table, dialect: .seed, separator: " ", before: "", after: "\n", to: &writer)
  }

  private func writeCsv(
    _ network: Network, _ table: ConnectionTable, carriesStates: Bool,
    to writer: inout TextWriter
  ) {
    writer.write(network.inputCount)
    writer.write(", ")
    writer.write(network.outputCount)
    for connection in table.connections {
      writer.write("\n")
      writer.write(connection.destination)
      writer.write(", ")
      writer.write(connection.source)
      writer.write(", ")
      writer.write(connection.weight)
      writer.write(", ")
      writer.write(connection.gater)
    }
    guard carriesStates else { return }
    for index in network.inputCount..<network.nodeCount {
      writer.write("\n")
      writer.write(index)
      writer.write(", ")
      writer.write(network.nodes[index].state)
    }
    for connection in table.connections where connection.role != .selfConnection {
      writer.write("\n")
      writer.write(connection.destination)
      writer.write(", ")
      writer.write(connection.source)
      writer.write(", ")
      writer.write(connection.trace)
    }
    writeExtendedTraces(
      network, table, dialect: .csv, separator: ", ", before: "\n", after: "", to: &writer)
  }

  private func writeExtendedTraces(
    _ network: Network, _ table: ConnectionTable, dialect: Dialect, separator: StaticString,
    before: StaticString, after: StaticString, to writer: inout TextWriter
  ) {
    let traces = demandedTraces(network, table, dialect: dialect)
    var order = traces.indices.map { Int32($0) }
    if dialect == .seed {
      order = CountingSort.order(count: traces.count, keyCount: network.nodeCount) {
        traces[$0].source.index
      }
    }
    for position in order {
      let trace = traces[Int(position)]
      writer.write(before)
      writer.write(trace.destination)
      writer.write(separator)
      writer.write(trace.source)
      writer.write(separator)
      writer.write(trace.influenced)
      writer.write(separator)
      writer.write(trace.value)
      writer.write(after)
    }
  }

  /// The traces that a reader of the dialect insists on, with the values that the network has.
  private func demandedTraces(
    _ network: Network, _ table: ConnectionTable, dialect: Dialect
  ) -> [ExtendedTrace] {
    let given = network.extendedTraces
    var next = given.startIndex
    return RequiredTraces(table, dialect: dialect).map { key in
      while next < given.endIndex, RequiredTraces.Key(given[next]) < key { next += 1 }
      let isGiven = next < given.endIndex && RequiredTraces.Key(given[next]) == key
      return ExtendedTrace(key, value: isGiven ? given[next].value : 0)
    }
  }
}
