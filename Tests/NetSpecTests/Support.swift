import Diagnostics
import Foundation
import GoldenCases
import NetSpec
import Network
import XCTest

/// Reads a text that is expected to be right.
func read(
  _ text: String, dialect: Dialect? = nil, inputs: Int? = nil, outputs: Int? = nil,
  weights: WeightSource = .seeded(1)
) throws -> NetSpecDocument {
  try NetSpecReader(dialect: dialect, inputCount: inputs, outputCount: outputs, weights: weights)
    .read(Array(text.utf8), file: "f")
}

/// The diagnostics of a text as a user sees them, line by line; empty if the text is accepted.
func complaints(
  _ text: String, dialect: Dialect? = nil, inputs: Int? = nil, outputs: Int? = 1,
  weights: WeightSource = .seeded(1)
) -> [String] {
  do {
    _ = try read(text, dialect: dialect, inputs: inputs, outputs: outputs, weights: weights)
    return []
  } catch let list as DiagnosticList {
    return DiagnosticRenderer().render(list).components(separatedBy: "\n")
  } catch {
    return ["unexpected error \(error)"]
  }
}

/// The same without notes and hints.
func errors(_ text: String, dialect: Dialect? = nil, inputs: Int? = nil) -> [String] {
  complaints(text, dialect: dialect, inputs: inputs).filter { $0.contains(": error: ") }
}

/// The files of a folder of fixtures by name.
func fixtures(_ folder: String, _ extensions: Set<String>) throws -> [(
  name: String, bytes: [UInt8]
)] {
  let directory = GoldenCase.fixtures.appendingPathComponent(folder)
  return try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    .filter { extensions.contains(($0 as NSString).pathExtension) }
    .map { ($0, [UInt8](try Data(contentsOf: directory.appendingPathComponent($0)))) }
}

extension Network {
  /// Without the lines, which are those of one text and not the network's own.
  var withoutLines: Network {
    Network(
      nodes: nodes.map {
        Node(state: $0.state, function: $0.function, initialActivation: $0.initialActivation)
      },
      inputCount: inputCount, outputCount: outputCount, connections: connections,
      extendedTraces: extendedTraces)
  }

  /// What remains of the connections without their values.
  var topology: [[Int]] {
    connections.map { [$0.destination.index, $0.source.index, $0.gater?.index ?? -1] }
  }
}
