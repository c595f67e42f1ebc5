import ArgumentParser
import Assets
import Boards
import Compilation

/// Lists the boards.
struct BoardsCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "boards",
    abstract: "List the boards that --board knows.",
    discussion: """
      A description of a board is a file of some ten lines; --board takes the path of your own, too. \
      boards/README.md says what one holds.

      EXAMPLES
        lstmg-hdl boards
        lstmg-hdl boards icebreaker
      """)

  @Argument(help: "Show one board: a name, or the path of a description.")
  var board: String?

  @Flag(help: "Report as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func execute() async throws {
    let library = BoardLibrary.known(AssetLocator())
    let boards = try board.map { [try library.board($0)] } ?? library.all()
    guard !json else {
      return try common.console.print(JSONText.object(Body(boards: boards)))
    }
    try common.console.print(board == nil ? list(boards) : details(boards[0]))
  }

  private struct Body: Encodable {
    let schema = Manifest.schema
    let command = "boards"
    let boards: [Board]
  }

  private func list(_ boards: [Board]) -> String {
    var table = TextTable()
    for board in boards {
      table.add(board.name, "\(board.title): \(board.device), \(board.clock.mhz) MHz")
    }
    return table.text
  }

  private func details(_ board: Board) -> String {
    var table = TextTable()
    table.add("board", "\(board.name): \(board.title)")
    table.add("device", board.device)
    table.add("oscillator", "\(board.clock.mhz) MHz")
    table.add("serial line", "\(board.uart.baud) baud")
    for (index, pin) in board.pins(withFlash: true).enumerated() {
      table.add(index == 0 ? "pins" : "", "\(pin.port) \(pin.pin)")
    }
    table.add("loader", "openFPGALoader \(board.loader.joined(separator: " "))")
    return table.text
  }
}
