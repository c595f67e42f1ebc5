import Foundation
import Lowering
import Simulation
import Verification

/// Repeats what it times.
///
/// One thread is timed by the processor's time, of which other processes take nothing, several by
/// the clock.
struct Stopwatch {
  struct Reading {
    /// Of the fastest round.
    var stepsPerSecond = 0.0
    /// By sequence, by step, by output; fewer sequences than there are if time ran out.
    var outputs: [[[Int32]]] = []
  }

  private let seconds: Double

  init(atLeast seconds: Double) { self.seconds = seconds }

  /// One sequence after the other; a round is ten of them.
  func play<Simulator: StepSimulator>(_ words: [[[Int32]]], on simulator: Simulator) -> Reading {
    var simulator = simulator
    var reading = Reading()
    let end = now(CLOCK_MONOTONIC) + seconds
    var next = 0
    repeat {
      let round = (0..<10).map { words[(next + $0) % words.count] }
      let start = now(CLOCK_PROCESS_CPUTIME_ID)
      var frames: [[[Int32]]] = []
      for sequence in round {
        simulator.reset()
        frames.append(
          sequence.map { step in
            simulator.step(step)
            return simulator.outputs
          })
      }
      reading.note(round, now(CLOCK_PROCESS_CPUTIME_ID) - start)
      if next < words.count { reading.outputs += frames }
      next += round.count
    } while now(CLOCK_MONOTONIC) < end
    reading.outputs = Array(reading.outputs.prefix(words.count))
    return reading
  }

  /// As data sets are run; a round is all of them.
  func run(_ network: QuantisedNetwork, _ words: [[[Int32]]], threads: Int) throws -> Reading {
    var reading = Reading()
    let end = now(CLOCK_MONOTONIC) + seconds
    let clock = threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC
    repeat {
      let start = now(clock)
      let run = try ModelRun(network, WordSequences(sequences: words), threads: threads)
      reading.note(words, now(clock) - start)
      reading.outputs = run.outputs
    } while now(CLOCK_MONOTONIC) < end
    return reading
  }

  /// Seconds of a clock.
  private func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

extension Stopwatch.Reading {
  fileprivate mutating func note(_ played: [[[Int32]]], _ seconds: Double) {
    let steps = played.reduce(0) { $0 + $1.count }
    stepsPerSecond = max(stepsPerSecond, Double(steps) / seconds)
  }
}
