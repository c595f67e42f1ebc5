import Diagnostics
import Foundation
import Subprocess

extension BoardModel {
  /// Runs the board behind a pseudo-terminal for as long as `work` lasts, which gets its name.
  public func serve<Result: Sendable>(
    _ work: @escaping @Sendable (String) async throws -> Result
  ) async throws -> Result {
    let model = try await executable()
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
    ]
    let configuration = Configuration(
      executable: .path(.init(model)), arguments: ["+terminal"],
      workingDirectory: .init(workingDirectory), platformOptions: options)
    // It ends with its standard input, which ends with the body. What goes wrong in there is a value:
    // errors of the program's start are of another kind.
    let end = try await Subprocess.run(
      configuration, input: .inputWriter, output: .sequence, error: .discarded
    ) { board -> Swift.Result<Result, any Error> in
      var lines = board.standardOutput.strings().makeAsyncIterator()
      guard let terminal = try await lines.next(), terminal.hasPrefix("/") else {
        return .failure(Diagnostic.noTerminal)
      }
      return await Self.outcome { try await work(terminal) }
    }
    return try end.closureResult.get()
  }

  private static func outcome<Result: Sendable>(
    _ work: () async throws -> Result
  ) async -> Swift.Result<Result, any Error> {
    do {
      let result = try await work()
      return .success(result)
    } catch {
      return .failure(error)
    }
  }
}

extension Diagnostic {
  fileprivate static var noTerminal: Diagnostic {
    Diagnostic(
      id: "simulator", "the simulated board opens no pseudo-terminal",
      hint: "is /dev/pts mounted?", exitCode: .checkFailed)
  }
}
