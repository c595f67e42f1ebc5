import Foundation
import GoldenCases
import XCTest

@testable import Importing

final class SynapticReaderTests: XCTestCase {
  private let file = "network.json"

  /// A loaded network of Synaptic: neurons and connections as objects, gains that a neuron sets when it
  /// fires.
  private struct Net {
    struct Neuron {
      var layer: String
      var squash: String
      var state: Double
      var activation: Double
      var bias: Double
    }

    struct Connection {
      var from: Int
      var to: Int
      var weight: Double
      var gater: Int?
      var gain = 1.0
    }

    var neurons: [Neuron]
    var connections: [Connection]

    var inputs: [Int] { neurons.indices.filter { neurons[$0].layer == "input" } }

    var text: String {
      let neurons = neurons.map { neuron in
        let layer = Int(neuron.layer) == nil ? "\"\(neuron.layer)\"" : neuron.layer
        return """
          {"trace": {"elegibility": {}, "extended": {}}, "state": \(neuron.state), "old": 0,
           "activation": \(neuron.activation), "bias": \(neuron.bias), "layer": \(layer),
           "squash": "\(neuron.squash)"}
          """
      }
      let connections = connections.map {
        "{\"from\": \($0.from), \"to\": \($0.to), \"weight\": \($0.weight), \"gater\":"
          + " \($0.gater.map(String.init) ?? "null")}"
      }
      return "{\"neurons\": [\(neurons.joined(separator: ","))],"
        + " \"connections\": [\(connections.joined(separator: ","))]}"
    }

    private func order() -> [Int] {
      neurons.indices.sorted {
        let ranks = [$0, $1].map { index -> Int in
          switch neurons[index].layer {
          case "input": -1
          case "output": .max
          default: Int(neurons[index].layer)!
          }
        }
        return (ranks[0], $0) < (ranks[1], $1)
      }
    }

    mutating func activate(_ x: [Double]) -> [Double] {
      for (index, value) in zip(inputs, x) { neurons[index].activation = value }
      for index in order() where neurons[index].layer != "input" { fire(index) }
      return neurons.filter { $0.layer == "output" }.map(\.activation)
    }

    private mutating func fire(_ index: Int) {
      var state = neurons[index].bias
      for connection in connections where connection.to == index {
        state +=
          connection.from == index
          ? connection.gain * connection.weight * neurons[index].state
          : neurons[connection.from].activation * connection.weight * connection.gain
      }
      neurons[index].state = state
      switch neurons[index].squash {
      case "LOGISTIC": neurons[index].activation = 1 / (1 + exp(-state))
      case "TANH": neurons[index].activation = tanh(state)
      case "RELU": neurons[index].activation = state > 0 ? state : 0
      default: neurons[index].activation = state
      }
      for position in connections.indices where connections[position].gater == index {
        connections[position].gain = neurons[index].activation
      }
    }
  }

  private func randomNet(_ random: inout SeededGenerator, fresh: Bool) -> Net {
    var layers = ["input", "input"]
    let hidden = 2 + random.below(4)
    for _ in 0..<hidden { layers.append("\(random.below(3))") }
    layers += ["output", "output"]
    // Neurons of one layer need not stand together.
    layers.shuffle(using: &random)
    let squashes = ["LOGISTIC", "TANH", "IDENTITY", "RELU"]
    var net = Net(
      neurons: layers.map { layer in
        // An output that is cut off at 0 might never show anything.
        let squash = squashes[random.below(layer == "output" ? 3 : 4)]
        let state = fresh ? 0 : random.value(in: -1...1)
        return .init(
          layer: layer, squash: squash, state: state,
          activation: fresh ? 0 : random.value(in: 0...0.9), bias: random.value(in: -0.5...0.5))
      }, connections: [])
    for to in layers.indices where layers[to] != "input" {
      for from in layers.indices where random.chance(0.6) {
        let gater = random.chance(0.4) ? random.below(layers.count) : nil
        let mayGate = gater.map { layers[$0] != "input" && !(from == to && $0 == to) } ?? false
        net.connections.append(
          .init(
            from: from, to: to, weight: from == to ? 1 : random.value(in: -0.4...0.4),
            gater: mayGate ? gater : nil))
      }
    }
    return net
  }

  func testAnyGraphComputesWhatALoadedNetworkDoes() throws {
    var copies = 0
    for seed in 0..<60 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      var net = randomNet(&random, fresh: seed % 2 == 0)
      // Ungated memories of identities grow; few steps keep numbers small.
      let result = try imported(Array(net.text.utf8), file)
      XCTAssertEqual(result.network.inputCount, 2)
      XCTAssertEqual(result.network.outputCount, 2)
      copies += result.network.nodeCount - net.neurons.count
      assertSameOutputs(result.network, seed: seed, steps: 6) { net.activate($0) }
    }
    XCTAssertGreaterThan(copies, 60)
  }

  func testAGraphWhoseBeginningIsItsStatesIsTakenAsItIs() throws {
    let net = Net(
      neurons: [
        .init(layer: "input", squash: "LOGISTIC", state: 0, activation: 0, bias: 0),
        .init(layer: "0", squash: "LOGISTIC", state: 0, activation: 0.5, bias: 1),
        .init(layer: "1", squash: "TANH", state: 0, activation: 0, bias: 0.25),
        .init(layer: "output", squash: "IDENTITY", state: 0.5, activation: 0.5, bias: 0),
      ],
      connections: [
        .init(from: 0, to: 1, weight: 0.5), .init(from: 0, to: 2, weight: 2, gater: 1),
        .init(from: 2, to: 2, weight: 1, gater: 1), .init(from: 2, to: 3, weight: -1),
        .init(from: 3, to: 1, weight: 0.75),
      ])
    let result = try imported(Array(net.text.utf8), file)
    let network = result.network
    // One constant, before the output.
    XCTAssertEqual(
      network.nodes.map(\.function), [.logistic, .logistic, .tanh, .logistic, .identity])
    XCTAssertEqual(network.nodes.map(\.state), [0, 0, 0, 0, 0.5])
    XCTAssertEqual(network.connections.count, 5 + 3)
    XCTAssertEqual(network.selfConnection(.init(2))?.gater, .init(1))
    XCTAssertEqual(result.parameterCount, 8)
  }

  func testWhatSynapticWouldNotHeedIsRefused() {
    func fault(_ change: (inout Net) -> Void, line: UInt = #line) -> String? {
      var net = Net(
        neurons: ["input", "0", "output"].map {
          .init(layer: $0, squash: "LOGISTIC", state: 0, activation: 0, bias: 0)
        },
        connections: [.init(from: 0, to: 1, weight: 1), .init(from: 1, to: 2, weight: 1)])
      change(&net)
      return refusal(Array(net.text.utf8), file, line: line)?.id
    }
    XCTAssertEqual(fault { $0.neurons[1].squash = "HLIM" }, "neuron-function")
    XCTAssertEqual(fault { $0.neurons[1].layer = "middle" }, "bad-json")
    XCTAssertEqual(fault { $0.neurons[2].layer = "1" }, "no-layers")
    XCTAssertEqual(fault { $0.neurons[1].bias = 1e301 }, "bad-neuron")
    XCTAssertEqual(fault { $0.connections[0].weight = 1e301 }, "bad-connection")
    XCTAssertEqual(fault { $0.connections[0].to = 3 }, "unknown-neuron")
    XCTAssertEqual(fault { $0.connections[0].from = -1 }, "unknown-neuron")
    XCTAssertEqual(fault { $0.connections[0].gater = 99 }, "unknown-neuron")
    XCTAssertEqual(fault { $0.connections[1].to = 0 }, "bad-connection")
    XCTAssertEqual(fault { $0.connections[1].gater = 0 }, "bad-connection")
    XCTAssertEqual(fault { $0.connections.append($0.connections[0]) }, "duplicate-connection")
    XCTAssertEqual(
      fault { $0.connections.append(.init(from: 1, to: 1, weight: 0.5)) }, "bad-connection")
    XCTAssertEqual(
      fault { $0.connections.append(.init(from: 1, to: 1, weight: 1, gater: 1)) }, "bad-connection")
    XCTAssertEqual(refusal(Array("{\"neurons\": []}".utf8), file)?.id, "bad-json")
    XCTAssertEqual(
      refusal(Array("{\"neurons\": [], \"connections\": []}".utf8), file)?.id, "no-layers")
  }
}
