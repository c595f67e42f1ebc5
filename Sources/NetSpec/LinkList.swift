import Diagnostics

/// Connections between memory blocks, as an automatic netSpec lists them.
struct LinkList {
  struct Link {
    let from: Int
    let to: Int
    let type: LinkType
    let line: Int
  }

  private(set) var links: [Link] = []
  private var lineOfPair: [Pair: Int] = [:]

  private struct Pair: Hashable {
    let from: Int
    let to: Int
  }

  /// Reads a link from the current line, which has three fields. The dialects disagree about the
  /// order of the blocks and the numbers of the types.
  mutating func read(_ spec: inout SpecLines, dialect: Dialect) {
    let fields = dialect == .seed ? (from: 0, to: 1) : (from: 1, to: 0)
    let from = spec.block(fields.from)
    let to = spec.block(fields.to)
    guard let number = spec.integer(2) else { return }
    guard let type = LinkType(number: number, dialect: dialect) else {
      spec.report(.unknownConnectionType(spec.shown(2), dialect, at: spec.location(2)))
      return
    }
    guard let from, let to else { return }
    if dialect == .seed, type == .downstream, from == to {
      spec.report(.selfDownstream(from, at: spec.location(2)))
    }
    if let first = lineOfPair.updateValue(spec.line, forKey: Pair(from: from, to: to)) {
      spec.report(
        .duplicateLink(
          from: from, to: to, at: spec.location(0), first: spec.location(line: first, field: 0)))
    }
    links.append(Link(from: from, to: to, type: type, line: spec.line))
  }
}

/// What a link connects: the sender's cell with the receiver's gates and perhaps its cell.
enum LinkType {
  /// Gates and cell; the sender's output gate gates what goes to gates, the receiver's input gate
  /// what goes to the cell.
  case downstream
  /// Gates, gated by the sender's output gate.
  case gatedPeephole
  /// Gates, ungated.
  case ungatedPeephole

  init?(number: Int, dialect: Dialect) {
    switch (number, dialect) {
    case (0, .seed), (2, .csv): self = .downstream
    case (1, _): self = .gatedPeephole
    case (2, .seed), (0, .csv): self = .ungatedPeephole
    default: return nil
    }
  }

  /// How many connections one link makes.
  var connectionCount: Int { self == .downstream ? 4 : 3 }
}

extension Diagnostic {
  fileprivate static func unknownConnectionType(
    _ token: String, _ dialect: Dialect, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "unknown-connection-type", "connection type \(token) does not exist", at: location,
      hint: dialect == .seed
        ? "the types are 0 downstream, 1 gated peephole, 2 ungated peephole"
        : "the types are 0 ungated peephole, 1 gated peephole, 2 downstream")
  }

  fileprivate static func selfDownstream(_ block: Int, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "self-downstream",
      "block \(block) cannot be downstream of itself: its cell already has a self-connection",
      at: location)
  }

  fileprivate static func duplicateLink(
    from: Int, to: Int, at location: SourceLocation, first: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      id: "duplicate-link", "blocks \(from)->\(to) are connected twice", at: location,
      notes: [Note("first connected here", at: first)])
  }
}
