import Diagnostics
import Lowering

/// Decides about lanes and profile, as far as the user has not.
struct ConfigurationChooser {
  let options: CompilerOptions
  let models: [FittedModel]
  /// Schedules that need not be made again.
  var schedules = ScheduleCache()
  /// Told what is being done, for people who wait.
  var progress: @Sendable (String) -> Void = { _ in }

  private var target: TargetFamily { options.target }
  /// Where the weights lie of what is chosen from.
  private var weightMemory = WeightMemory.block
  private var device: Device? { options.device ?? target.device }
  private var sources: SourceChooser {
    SourceChooser(
      request: options.sources, target: target, device: device,
      loadsWeights: weightMemory == .spram, schedules: schedules, progress: progress)
  }

  init(options: CompilerOptions, models: [FittedModel]? = nil) {
    self.options = options
    self.models = models ?? FittedModel.measured(for: options)
  }

  func choose(_ network: QuantisedNetwork) throws(DiagnosticList) -> ConfigurationChoice {
    let memories = WeightMemoryChooser(options: options, device: device)
    return try memories.choose(network) { memory throws(DiagnosticList) in
      var chooser = self
      chooser.weightMemory = memory
      var choice = try chooser.configuration(network)
      choice.weightMemory = memory
      return choice
    }
  }

  private func configuration(
    _ network: QuantisedNetwork
  ) throws(DiagnosticList) -> ConfigurationChoice {
    if let limit = options.stepMicroseconds { return try choose(network, within: limit) }
    if case .exactly(let lanes) = options.lanes, let profile = options.profile {
      return asAskedFor(network, lanes, profile)
    }
    guard var search = search(network) else {
      let profile = options.profile ?? target.profile
      if case .exactly(let lanes) = options.lanes { return asAskedFor(network, lanes, profile) }
      return LaneDoubling(
        target: target, device: device, profile: profile, sources: sources
      ).choose(network)
    }
    return search.fastest()
  }

  private func choose(
    _ network: QuantisedNetwork, within limit: Double
  ) throws(DiagnosticList) -> ConfigurationChoice {
    guard var search = search(network) else {
      throw DiagnosticList([.noClock(options, models.map(\.family))])
    }
    if let choice = search.smallest(within: limit) { return choice }
    throw DiagnosticList([.tooSlow(limit, search.leastTime(), options, search.device)])
  }

  /// Everything that the user leaves open; nil where no clock rate is known.
  private func search(_ network: QuantisedNetwork) -> ConfigurationSearch? {
    let lanes =
      switch options.lanes {
      case .automatic:
        ConfigurationSearch.laneCounts.filter {
          weightMemory == .block || $0 <= device?.singlePortMemories?.count ?? 0
        }
      case .exactly(let lanes): [lanes]
      }
    let known = ProfileName.allCases
      .filter { options.profile == nil || options.profile == $0 }
      .compactMap { models.model(of: target, $0) }
    guard let device, !known.isEmpty else { return nil }
    return ConfigurationSearch(
      network, device: device, lanes: lanes, models: known, sources: sources)
  }

  private func asAskedFor(
    _ network: QuantisedNetwork, _ lanes: Int, _ profile: ProfileName
  ) -> ConfigurationChoice {
    ConfigurationChoice(
      schedule: sources.schedule(network, lanes: lanes, profile: profile.profile),
      profile: profile, reason: "as asked for", considered: [])
  }
}

extension Diagnostic {
  fileprivate static func noClock(
    _ options: CompilerOptions, _ known: [TargetFamily]
  ) -> Diagnostic {
    let families = TargetFamily.allCases.filter(known.contains).map(\.rawValue)
    let hint =
      known.contains(options.target)
      ? "leave --profile out"
      : families.isEmpty
        ? "leave --target-us out" : "add --target \(families.joined(separator: " or "))"
    return Diagnostic(
      id: "no-clock-rate",
      "the clock rate of target \(options.target.rawValue)"
        + (options.profile.map { " with profile \($0.rawValue)" } ?? "")
        + " is not known, so no time of a step can be kept",
      hint: hint,
      exitCode: .usage)
  }

  fileprivate static func tooSlow(
    _ limit: Double, _ best: ConsideredConfiguration?, _ options: CompilerOptions, _ device: Device
  ) -> Diagnostic {
    let fastest = best.map { best in
      let time = best.prediction?.periodMicroseconds ?? 0
      return "the fastest, \(best.lanes) lane\(best.lanes == 1 ? "" : "s") with profile"
        + " \(best.profile.rawValue), takes \((time * 1000).rounded() / 1000) us"
    }
    let larger = Device.all.contains {
      $0.family == device.family && $0.luts > device.luts
        && $0.multipliers >= device.multipliers && $0.memoryBlocks >= device.memoryBlocks
    }
    let number = limit.rounded() == limit && limit < 1e15 ? "\(Int(limit))" : "\(limit)"
    var hints: [String] = []
    if case .exactly = options.lanes {
      hints.append("leave --lanes out")
    } else if larger, options.board == nil {
      hints.append("name a larger device with --device")
    }
    if best != nil { hints.append("allow more time") }
    return Diagnostic(
      id: "too-slow",
      "no configuration that fits \(device.part) makes a step in \(number) us: "
        + (fastest ?? "none fits"),
      hint: hints.isEmpty ? nil : hints.joined(separator: ", or "), exitCode: .checkFailed)
  }
}
