import ArgumentParser
import Compilation
import Diagnostics
import Toolchain

/// The program: parses its arguments, runs a subcommand, and turns what went wrong into text and an
/// exit status.
@main
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lstmg-hdl",
    abstract: "Compiles LSTM-g networks to fixed-point Verilog and a C header.",
    discussion: """
      A network is described by a netSpec; 'generate' writes a folder with synthesisable Verilog, a \
      C header, a simulation that runs with plain make, and a manifest. 'simulate' runs a network \
      over data and proves that the hardware equals its fixed-point model bit for bit.

      EXAMPLES
        lstmg-hdl generate xor.spec --num-outputs 1 -o xor
        lstmg-hdl simulate xor --data inputs.csv
        lstmg-hdl import model.safetensors -o model.spec
        lstmg-hdl print xor.spec --num-outputs 1

      EXIT STATUS
        0 good  1 a check failed  64 usage  65 bad input file  66 missing file
        69 a tool is missing  70 a defect of lstmg-hdl  73 cannot create  74 read or write failed
        130 interrupted

      Completions for a shell: lstmg-hdl --generate-completion-script bash|zsh|fish
      """,
    version: ProgramVersion.text,
    subcommands: [
      GenerateCommand.self, SimulateCommand.self, BuildCommand.self, FlashCommand.self,
      TalkCommand.self,
      BoardsCommand.self, DoctorCommand.self,
      ImportCommand.self, PrecisionCommand.self, PrintCommand.self, ReportCommand.self,
    ])

  static func main() async {
    let console = Console()
    DefectHandler.install()
    do {
      var command = try parseAsRoot()
      guard let subcommand = command as? any Subcommand else { return try command.run() }
      try await InterruptHandler().run { try await subcommand.execute() }
    } catch let error as DiagnosticList {
      console.show(error.diagnostics)
      leave(error.exitStatus)
    } catch let error as Diagnostic {
      console.show([error])
      leave(error.exitCode)
    } catch is CancellationError {
      console.show([.interrupted])
      leave(.interrupted)
    } catch {
      // Help, version and usage errors of the parser itself.
      exit(withError: error)
    }
  }

  private static func leave(_ status: ExitStatus) -> Never {
    exit(withError: ExitCode(status.rawValue))
  }
}

/// A subcommand that can be interrupted.
protocol Subcommand: ParsableCommand, Sendable {
  func execute() async throws
}
