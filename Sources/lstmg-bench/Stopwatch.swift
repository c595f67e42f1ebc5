import Dispatch
import Lowering
import Simulation
import Verification

/// Repeats what it times.
struct Stopwatch {
  struct Reading {
    /// Of the fastest round: others of the machine's processes only slow down.
    var stepsPerSecond = 0.0
    /// By sequence, by step, by output; fewer sequences than there are if time ran out.
    var outputs: [[[Int32]]] = []
  }

  private let nanoseconds: UInt64

  init(atLeast seconds: Double) { nanoseconds = UInt64(seconds * 1e9) }

  /// One sequence after the other; a round is ten of them.
  func play<Simulator: StepSimulator>(_ words: [[[Int32]]], on simulator: Simulator) -> Reading {
    var simulator = simulator
    var reading = Reading()
    let end = now + nanoseconds
    var next = 0
    repeat {
      let round = (0..<10).map { words[(next + $0) % words.count] }
      let start = now
      var frames: [[[Int32]]] = []
      for sequence in round {
        simulator.reset()
        frames.append(
          sequence.map { step in
            simulator.step(step)
            return simulator.outputs
          })
      }
      reading.note(round, since: start, until: now)
      if next < words.count { reading.outputs += frames }
      next += round.count
    } while now < end
    reading.outputs = Array(reading.outputs.prefix(words.count))
    return reading
  }

  /// As data sets are run; a round is all of them.
  func run(_ network: QuantisedNetwork, _ words: [[[Int32]]], threads: Int) throws -> Reading {
    var reading = Reading()
    let end = now + nanoseconds
    repeat {
      let start = now
      let run = try ModelRun(network, WordSequences(sequences: words), threads: threads)
      reading.note(words, since: start, until: now)
      reading.outputs = run.outputs
    } while now < end
    return reading
  }

  private var now: UInt64 { DispatchTime.now().uptimeNanoseconds }
}

extension Stopwatch.Reading {
  fileprivate mutating func note(_ played: [[[Int32]]], since start: UInt64, until end: UInt64) {
    let steps = played.reduce(0) { $0 + $1.count }
    stepsPerSecond = max(stepsPerSecond, Double(steps) / (Double(end - start) * 1e-9))
  }
}
