import ArgumentParser
import Compilation
import Dispatch
import Foundation
import Lowering
import Numerals
import Simulation
import Verification

/// Steps a second of the fixed-point model, as `Scripts/bench model` prints them.
@main
struct ModelBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lstmg-bench", abstract: "Times the fixed-point model on random inputs.")

  @Argument var spec: String
  @Option var numInputs: Int
  @Option var numOutputs: Int
  @Option var constantInput: Int?
  @Option var weightBits = 16
  @Option var activationBits = 16
  @Option(help: "Sequences of 28 steps.") var sequences = 1000
  @Option(help: "model, normative or batch.") var engine = "model"

  func run() throws {
    var loader = SpecLoader()
    loader.inputCount = numInputs
    loader.outputCount = numOutputs
    var options = CompilerOptions()
    options.weightBits = weightBits
    options.activationBits = activationBits
    if let constantInput { options.constantInputs = [constantInput: 1] }
    let network = try Pipeline(options).quantised(try loader.load(spec).network)
    var random = SplitMix64(seed: 1)
    let words = (0..<sequences).map { _ in
      (0..<28).map { _ in
        network.inputs.map { value in
          let format = network.valueFormats[value]
          return Int32(format.word(Double.random(in: -1...1, using: &random)))
        }
      }
    }
    let start = DispatchTime.now().uptimeNanoseconds
    let sum = try play(network, words)
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
    let steps = sequences * 28
    print(
      "{\"steps\":\(steps),\"seconds\":\(seconds),\"stepsPerSecond\":"
        + "\(Int(Double(steps) / seconds)),\"checksum\":\(sum)}")
  }

  private func play(_ network: QuantisedNetwork, _ words: [[[Int32]]]) throws -> Int {
    var sum = 0
    switch engine {
    case "normative":
      var simulator = FixedPointSimulator(network)
      for sequence in words {
        simulator.reset()
        for step in sequence {
          simulator.step(step)
          for word in simulator.outputs { sum = sum &* 31 &+ Int(word) }
        }
      }
    case "batch":
      for frame in try ModelRun(network, WordSequences(sequences: words)).outputs.joined() {
        for word in frame { sum = sum &* 31 &+ Int(word) }
      }
    default:
      let simulator = FastSimulator(network)
      for sequence in words {
        simulator.reset()
        for step in sequence {
          simulator.step(step)
          for value in network.outputs { sum = sum &* 31 &+ Int(simulator[value]) }
        }
      }
    }
    return sum
  }
}
