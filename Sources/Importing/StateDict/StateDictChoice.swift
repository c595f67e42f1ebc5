import Diagnostics
import Network

/// Which modules of a file make the network, in which order: nothing is guessed.
struct StateDictChoice {
  /// A module with the function of its outputs.
  struct Pick {
    let module: StateDictModule
    let function: ActivationFunction?
  }

  let picks: [Pick]
  /// Names of tensors that the caller's choice left out.
  let unused: [String]

  /// Takes what the caller names; otherwise a file's only recurrent module, and its only Linear as its
  /// head if that fits. Where all sizes are the same, the Linear could as well stand before it, and
  /// nothing about the network's shape would tell.
  init(
    _ all: StateDictModules, _ choices: [LayerChoice]?, file: String
  ) throws(Diagnostic) {
    guard let choices else {
      picks = try Self.only(all, file)
      unused = []
      return
    }
    var picks: [Pick] = []
    for choice in choices {
      guard let module = all.modules.first(where: { $0.name == choice.name }) else {
        throw .noSuchLayer(choice.name, all.modules, file)
      }
      guard let text = choice.function else {
        picks.append(Pick(module: module, function: nil))
        continue
      }
      guard let function = ActivationFunction.allCases.first(where: { $0.name == text }) else {
        throw .noSuchFunction(text, file)
      }
      guard !module.isRecurrent else { throw .functionOfRecurrentLayer(module, file) }
      picks.append(Pick(module: module, function: function))
    }
    guard !picks.isEmpty else { throw .noLayers(file) }
    self.picks = picks
    let taken = Set(picks.map(\.module.name))
    unused = all.modules.filter { !taken.contains($0.name) }.map(\.summary) + all.others
  }

  private static func only(
    _ all: StateDictModules, _ file: String
  ) throws(Diagnostic) -> [Pick] {
    let recurrent = all.modules.filter(\.isRecurrent)
    let linear = all.modules.filter { !$0.isRecurrent }
    guard let core = recurrent.first else { throw .noRecurrentLayer(all, file) }
    guard recurrent.count == 1 else {
      throw .ambiguous("the file holds \(recurrent.count) recurrent layers", all, file)
    }
    guard all.others.isEmpty else { throw .unknownTensors(all, file) }
    guard let head = linear.first else { return [Pick(module: core, function: nil)] }
    guard linear.count == 1 else {
      throw .ambiguous("the file holds \(linear.count) Linear layers", all, file)
    }
    let fitsBehind = head.inputCount == core.outputCount
    let fitsBefore = head.outputCount == core.inputCount
    switch (fitsBehind, fitsBefore) {
    case (true, _) where !(fitsBefore && head.inputCount == head.outputCount):
      return [Pick(module: core, function: nil), Pick(module: head, function: nil)]
    case (true, _):
      throw .ambiguous(
        "\(Diagnostic.quoted(head.name)) fits before and behind \(Diagnostic.quoted(core.name))",
        all, file)
    case (false, true):
      throw .ambiguous(
        "\(Diagnostic.quoted(head.name)) stands before \(Diagnostic.quoted(core.name)), and its"
          + " function is not in the file", all, file)
    case (false, false):
      throw .ambiguous(
        "\(Diagnostic.quoted(head.name)) fits neither before nor behind"
          + " \(Diagnostic.quoted(core.name))", all, file)
    }
  }
}

extension Diagnostic {
  private static func notes(_ modules: [StateDictModule]) -> [Note] {
    let limit = 12
    let surplus = modules.count - limit
    return modules.prefix(limit).map { Note($0.summary) }
      + (surplus > 0 ? [Note("and \(surplus) more")] : [])
  }

  private static var choiceHint: String {
    "name the layers in their order with --layers, each Linear with its function where it has one:"
      + " --layers fc1:relu,lstm,fc2"
  }

  fileprivate static func ambiguous(
    _ reason: String, _ all: StateDictModules, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "ambiguous-layers", "\(reason); their order cannot be told",
      at: SourceLocation(file: file), notes: notes(all.modules), hint: choiceHint)
  }

  fileprivate static func noRecurrentLayer(
    _ all: StateDictModules, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "no-recurrent-layer",
      "no tensor has the name of an LSTM's or a GRU's, such as weight_ih_l0",
      at: SourceLocation(file: file),
      notes: notes(all.modules) + all.others.prefix(5).map { Note("there is \(quoted($0))") },
      hint: "save the state_dict of a module that holds nn.LSTM or nn.GRU")
  }

  fileprivate static func unknownTensors(
    _ all: StateDictModules, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "unknown-tensors",
      "\(all.others.count) tensor\(all.others.count == 1 ? " belongs" : "s belong") to no layer that"
        + " is supported, \(quoted(all.others[0])) is the first",
      at: SourceLocation(file: file), notes: notes(all.modules),
      hint: "if the network does not need them, name the layers that it has: --layers "
        + all.modules.map(\.choice).joined(separator: ","))
  }

  fileprivate static func noSuchLayer(
    _ name: String, _ modules: [StateDictModule], _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "no-such-layer", "the file holds no layer \(quoted(name))",
      at: SourceLocation(file: file),
      notes: notes(modules), hint: "correct --layers", exitCode: .usage)
  }

  static func noSuchFunction(_ name: String, _ file: String) -> Diagnostic {
    let names = ActivationFunction.allCases.map(\.name).joined(separator: ", ")
    return Diagnostic(
      id: "no-such-function", "\(quoted(name)) is none of the functions \(names)",
      at: SourceLocation(file: file), hint: "correct --layers", exitCode: .usage)
  }

  fileprivate static func functionOfRecurrentLayer(
    _ module: StateDictModule, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "function-of-recurrent-layer",
      "\(quoted(module.name)) is recurrent and has its own functions",
      at: SourceLocation(file: file), hint: "leave out what stands behind the colon in --layers",
      exitCode: .usage)
  }
}
