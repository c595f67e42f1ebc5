import Assets
import Boards
import Diagnostics
import Lowering

/// Writes programs that talk to a board with this network in it: a client in C and one in Python.
public struct HostClientEmitter: Sendable {
  /// Folder of the files.
  public static let folder = "host"

  private let design: HardwareDesign
  private let board: Board
  private let identity: BoardIdentity
  private let name: Identifier
  private let provenance: Provenance
  private let assets: AssetLocator

  public init(
    _ design: HardwareDesign, board: Board, identity: BoardIdentity, name: Identifier,
    provenance: Provenance, assets: AssetLocator
  ) {
    self.design = design
    self.board = board
    self.identity = identity
    self.name = name
    self.provenance = provenance
    self.assets = assets
  }

  /// Files of the folder `host`.
  public func emit() throws(DiagnosticList) -> [Artefact] {
    let numbers = HostNumbers(design: design, board: board, identity: identity, name: name)
    let states = numbers.stateNodes
    return [
      try file(
        "client.h", "client.h",
        [
          "banner": comment, "title": CText.comment(board.title), "name": name.text,
          "NAME": name.macro, "constants": macros(numbers.constants),
        ]),
      try file(
        "client.c", "client.c",
        [
          "banner": comment, "name": name.text, "NAME": name.macro, "baud": "\(board.uart.baud)",
          "stateNodes": initialisers(states.map(\.node)),
          "statePlaces": initialisers(states.map(\.place)),
        ]),
      try file(
        "client_stream.c", "stream.c",
        [
          "banner": comment, "title": CText.comment(board.title), "name": name.text,
          "NAME": name.macro,
        ]),
      try file(
        "client.py", "client.py",
        [
          "banner": hashes, "title": board.title, "name": name.text,
          "constants": assignments(numbers),
        ]),
      Artefact(
        path: "\(Self.folder)/Makefile",
        text: try StrictTemplate("client.mk", assets: assets).render([
          "banner": hashes, "name": name.text,
        ])),
    ]
  }

  private func file(
    _ template: String, _ ending: String, _ values: [String: String]
  ) throws(DiagnosticList) -> Artefact {
    Artefact(
      path: "\(Self.folder)/\(name)_\(ending)",
      text: try StrictTemplate(template, assets: assets).render(values))
  }

  // MARK: C

  private var comment: String {
    provenance.banner(prefix: "").map { " * " + CText.comment($0) }.joined(separator: "\n")
  }

  private func macros(_ constants: [(name: String, value: HostNumbers.Value)]) -> String {
    constants.map { "#define \(name.macro)_CLIENT_\($0.name) \(literal($0.value))" }
      .joined(separator: "\n")
  }

  /// A zero that nobody reads where there are none.
  private func initialisers(_ numbers: [Int]) -> String {
    TextFormat.wrap(
      (numbers.isEmpty ? [0] : numbers).map { "\($0)," }.joined(separator: " "), width: 96,
      indent: ""
    ).map { "  " + $0 }.joined(separator: "\n")
  }

  // MARK: Python

  private var hashes: String { provenance.banner(prefix: "# ").joined(separator: "\n") }

  private func assignments(_ numbers: HostNumbers) -> String {
    let places = numbers.stateNodes.map { "\($0.node): \($0.place)," }.joined(separator: " ")
    return (numbers.constants + numbers.formats)
      .map { "\($0.name) = \(literal($0.value))" }.joined(separator: "\n")
      + "\n# Places of states in an answer, by node.\nSTATE_PLACES = {\n"
      + TextFormat.wrap(places, width: 96, indent: "").map { "    \($0)\n" }.joined() + "}"
  }

  private func literal(_ value: HostNumbers.Value) -> String {
    switch value {
    case .number(let number): "\(number)"
    case .hexadecimal(let number): "0x" + TextFormat.hexadecimal(number, digits: 2)
    case .text(let text): "\"\(text)\""
    case .list(let elements):
      "[\n"
        + TextFormat.wrap(elements.map { $0 + "," }.joined(separator: " "), width: 96, indent: "")
        .map { "    \($0)\n" }.joined() + "]"
    }
  }
}
