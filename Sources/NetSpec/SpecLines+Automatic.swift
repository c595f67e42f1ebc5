import Diagnostics

// Fields that only automatic netSpecs have, and the counts that most netSpecs begin with.

extension Limits {
  /// A block has four nodes.
  static let blocks = nodes / 4
}

extension SpecLines {
  /// The index of a memory block.
  mutating func block(_ field: Int) -> Int? {
    guard let block = integer(field) else { return nil }
    guard block >= 0 else {
      report(.negativeBlock(shown(field), at: location(field)))
      return nil
    }
    guard block < Limits.blocks else {
      report(.tooManyBlocks(block == Int.max ? block : block + 1, at: location(field)))
      return nil
    }
    return block
  }

  /// A setting that is 0 or 1.
  mutating func flag(_ field: Int, _ name: String) -> Bool? {
    guard let value = integer(field) else { return nil }
    guard value == 0 || value == 1 else {
      report(.badFlag(name, shown(field), at: location(field)))
      return nil
    }
    return value == 1
  }

  /// A number of inputs or outputs.
  mutating func count(_ field: Int, _ name: String, atLeast least: Int) -> Int? {
    guard let value = integer(field) else { return nil }
    guard value >= least else {
      report(.badCount(name, shown(field), least: least, at: location(field)))
      return nil
    }
    guard value <= Limits.nodes else {
      report(.tooLarge("nodes", value, limit: Limits.nodes, at: location(field)))
      return nil
    }
    return value
  }

  /// Numbers of inputs and outputs in the first two fields of the current line.
  mutating func counts(addsBias: Bool = false) -> Draft.Counts? {
    let inputs = count(0, "numInputs", atLeast: 0)
    let outputs = count(1, "numOutputs", atLeast: 1)
    guard let inputs, let outputs else { return nil }
    return Draft.Counts(
      inputs: inputs, outputs: outputs, addsBias: addsBias, inputsLocation: location(0),
      outputsLocation: location(1))
  }
}

extension Diagnostic {
  fileprivate static func negativeBlock(
    _ token: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "negative-block", "block \(token) does not exist: blocks are numbered from 0",
      at: location)
  }

  static func tooManyBlocks(_ count: Int, at location: SourceLocation) -> Diagnostic {
    tooLarge("memory blocks", count, limit: Limits.blocks, at: location)
  }

  fileprivate static func badFlag(
    _ name: String, _ token: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(id: "bad-flag", "\(name) is \(token), it must be 0 or 1", at: location)
  }

  fileprivate static func badCount(
    _ name: String, _ token: String, least: Int, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "bad-count", "\(name) is \(token), it must be at least \(least)", at: location)
  }
}
