import ArgumentParser
import Assets
import Compilation
import Diagnostics
import Toolchain

/// Sends a bitstream to a board.
struct FlashCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "flash",
    abstract: "Send a bitstream to its board, with openFPGALoader.",
    discussion: """
      DIR is a folder that 'build' has written. The bitstream goes to the device itself, which forgets \
      it without power, or with --permanent to the flash memory that it starts from (the iCEBreaker's \
      cable reaches only that). Weights that the core loads from flash memory are written there first. \
      A bitstream that is not the folder's network is refused.

      EXAMPLES
        lstmg-hdl flash xor
        lstmg-hdl flash xor --permanent
        lstmg-hdl flash xor --dry-run
      """)

  @Argument(help: "A folder that 'build' has written.", completion: .directory)
  var folder: String

  @Flag(help: "Write it to the flash memory that the board starts from.")
  var permanent = false

  @Flag(help: "Print the commands and run nothing.")
  var dryRun = false

  @Flag(help: "Report as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func execute() async throws {
    let console = common.console
    let flash = try BoardFlash(folder: folder, permanent: permanent)
    let commands = flash.jobs.map(\.commandLine)
    if !dryRun {
      let runner = JobRunner(locator: try ToolEnvironment(assets: AssetLocator()).locator)
      try await ProgressTicker(console).run { progress in
        for job in flash.jobs {
          progress(job.commandLine)
          try await runner.run(job)
        }
      }
    }
    if json {
      try console.print(
        JSONText.object(
          Body(
            board: flash.record.board, hash: flash.record.hash, permanent: flash.isPermanent,
            commands: commands, ran: !dryRun)))
    } else if dryRun {
      try console.print(commands.joined(separator: "\n"))
    } else {
      try console.print(
        "\(flash.record.board) runs the network with hash \(flash.record.hash.prefix(12))..., "
          + (flash.isPermanent ? "also after a power cycle" : "until it loses its power"))
    }
  }

  private struct Body: Encodable {
    let schema = Manifest.schema
    let command = "flash"
    let board, hash: String
    let permanent: Bool
    let commands: [String]
    let ran: Bool
  }
}
