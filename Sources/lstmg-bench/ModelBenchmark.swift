import ArgumentParser
import Compilation
import Foundation
import Lowering
import Numerals
import Simulation
import Verification

/// Steps a second of the fixed-point model on random inputs, as `Scripts/bench model` prints them.
@main
struct ModelBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lstmg-bench",
    abstract: "Times the fixed-point model on random inputs; prints JSON.")

  @Argument var spec: String
  @Option var numInputs: Int?
  @Option var numOutputs: Int?
  @Option(help: "An input that is always 1.") var constantInput: Int?
  @Option var weightBits = 16
  @Option var activationBits = 16
  @Option(help: "Sequences of 28 steps.") var sequences = 2000
  @Option(help: "How long each way of running is repeated.") var seconds = 2.0

  func run() throws {
    var loader = SpecLoader()
    loader.inputCount = numInputs
    loader.outputCount = numOutputs
    var options = CompilerOptions()
    options.weightBits = weightBits
    options.activationBits = activationBits
    if let constantInput { options.constantInputs = [constantInput: 1] }
    let network = try Pipeline(options).quantised(try loader.load(spec).network)
    let words = inputs(of: network)
    let watch = Stopwatch(atLeast: seconds)

    let normative = watch.play(words, on: FixedPointSimulator(network))
    let single =
      FastSimulator.serves(network) ? watch.play(words, on: FastSimulator(network)) : nil
    let core = try watch.run(network, words, threads: 1)
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let cores = try watch.run(network, words, threads: processors)
    for other in [single, core, cores].compactMap({ $0?.outputs }) {
      guard zip(normative.outputs, other).allSatisfy({ $0 == $1 }) else {
        throw ValidationError("the ways of running differ in their words: report this defect")
      }
    }
    let report = Report(
      macs: network.macsPerStep, steps: words.count * Self.stepCount,
      normative: normative.stepsPerSecond, single: single?.stepsPerSecond,
      core: core.stepsPerSecond, cores: cores.stepsPerSecond, processors: processors)
    print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
  }

  private static let stepCount = 28

  private func inputs(of network: QuantisedNetwork) -> [[[Int32]]] {
    var random = SplitMix64(seed: 1)
    return (0..<sequences).map { _ in
      (0..<Self.stepCount).map { _ in
        network.inputs.map { value in
          Int32(network.valueFormats[value].word(Double.random(in: -1...1, using: &random)))
        }
      }
    }
  }
}

/// Steps a second.
private struct Report: Encodable {
  let macs: Int
  let steps: Int
  /// The model as it is defined, one sequence after the other.
  let normative: Double
  /// One sequence after the other.
  let single: Double?
  /// As data sets are run, on one core and on all.
  let core: Double
  let cores: Double
  let processors: Int
}
