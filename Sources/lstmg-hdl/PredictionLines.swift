import Compilation

extension TextTable {
  /// Time and size of a design, where its family and profile have been measured.
  mutating func add(_ prediction: Prediction, device: String?) {
    guard let clock = prediction.clockMHz, let period = prediction.periodMicroseconds,
      let latency = prediction.latencyMicroseconds, let luts = prediction.luts,
      let flipFlops = prediction.flipFlops
    else { return }
    add(
      "time",
      "\(Readable.fixed(period, digits: 3)) us a step, latency"
        + " \(Readable.fixed(latency, digits: 3)) us at \(Readable.fixed(clock, digits: 0)) MHz"
        + " (predicted)")
    add(
      "size",
      "\(Readable.count(luts)) LUTs, \(Readable.count(flipFlops)) flip-flops"
        + (device.map { " of \($0)" } ?? "") + " (predicted)")
  }
}
