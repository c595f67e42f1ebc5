import Assets
import Boards
import DataSets
import Diagnostics
import Emission
import Foundation
import HostLink
import Lowering
import Simulation
import Toolchain
import Verification

/// Talks to a board that runs the network of a generated folder.
public struct BoardTalk: Sendable {
  /// Where the board is.
  public enum Place: Hashable, Sendable {
    /// Its top module under Verilator, behind a pseudo-terminal.
    case simulated
    /// A serial port of this computer.
    case port(String)
  }

  /// What was said, as far as there was data to talk about.
  public struct Result: Sendable {
    public let identity: BoardIdentity
    public let board: Board
    public let run: EngineRun?
    public let link: BoardRun?
    /// What the core's latency has to be.
    public let expectedLatency: Int
    /// States that differ from the model's after the last step.
    public let wrongStates: Int
    public let brokenReplies: Int
  }

  private let subject: SimulationSubject
  private let folder: String
  private let compiled: CompiledDesign
  private let board: Board
  private let runner: EngineRunner
  private let jobs: JobRunner
  /// Called with the number of answered steps and that of all.
  public var steps: @Sendable (Int, Int) -> Void = { _, _ in }

  public init(
    folder: String, assets: AssetLocator, jobs: JobRunner,
    progress: @escaping @Sendable (String) -> Void, warn: @escaping @Sendable (Diagnostic) -> Void
  ) throws {
    self.folder = URL(fileURLWithPath: folder).path
    subject = try SimulationSubject(folder: folder)
    compiled = try subject.compiled(progress: progress)
    guard let board = compiled.board?.board else { throw Diagnostic.noBoard(folder) }
    self.board = board
    self.jobs = jobs
    var runner = EngineRunner(subject, assets: assets)
    runner.progress = progress
    runner.warn = warn
    self.runner = runner
  }

  public var outputCount: Int { subject.document.network.outputCount }

  /// Reads data for the network.
  public func input(_ path: String) throws -> InputData {
    try InputData(
      path, for: subject.document.network, constantInputs: subject.options.constantInputs)
  }

  /// Asks who is there; with data, plays it and compares every word.
  public func run(at place: Place, _ input: InputData?) async throws -> Result {
    switch place {
    case .port(let path):
      return try await talk(over: path, patience: .milliseconds(500), input)
    case .simulated:
      runner.progress("building the simulated board")
      let model = BoardModel(
        folder: folder, top: BoardEmitter.top(compiled.name), clocksPerBit: board.clocksPerBit,
        buttonIsLow: board.button.activeLow, runner: jobs)
      return try await model.serve { try await talk(over: $0, patience: .seconds(20), input) }
    }
  }

  private func talk(
    over path: String, patience: Duration, _ input: InputData?
  ) async throws -> Result {
    runner.progress("asking the board who it is")
    let port = try SerialPort(path, baud: board.uart.baud)
    var conversation = Conversation(port, patience: patience)
    let identity = try await identity(&conversation, path)
    guard let input else {
      return Result(
        identity: identity, board: board, run: nil, link: nil,
        expectedLatency: compiled.design.replyLatency, wrongStates: 0,
        brokenReplies: conversation.brokenReplies)
    }
    var link: BoardRun?
    var wrong = 0
    let run = try await runner.run(compiled, input) { words in
      runner.progress("talking to the board")
      do {
        let run = try await BoardRun(compiled.design, words, over: &conversation) {
          steps($0, words.stepCount)
        }
        link = run
        wrong = try wrongStates(run.states, words)
        return run.frames
      } catch let fault as LinkFault {
        throw Diagnostic.fault(fault, path, folder)
      }
    }
    return Result(
      identity: identity, board: board, run: run, link: link,
      expectedLatency: compiled.design.replyLatency, wrongStates: wrong,
      brokenReplies: conversation.brokenReplies)
  }

  /// Who is there; an error unless it is this very network.
  private func identity(
    _ conversation: inout Conversation, _ path: String
  ) async throws -> BoardIdentity {
    var answer: [UInt8]?
    // The first request may meet half a frame of a program that was stopped.
    for _ in 0..<3 where answer == nil {
      do {
        answer = try await conversation.ask(.ping)
      } catch LinkFault.silent, LinkFault.lost {
        do { try await conversation.settle() } catch let fault as LinkFault {
          throw Diagnostic.fault(fault, path, folder)
        }
      } catch let fault as LinkFault {
        throw Diagnostic.fault(fault, path, folder)
      }
    }
    guard let answer else { throw Diagnostic.noAnswer(path, board, folder) }
    guard let identity = BoardIdentity(bytes: answer) else { throw Diagnostic.otherProtocol(path) }
    guard identity.hash == compiled.hash else {
      throw Diagnostic.otherNetwork(identity, compiled, path, folder)
    }
    return identity
  }

  private func wrongStates(_ states: [Int64], _ words: WordSequences) throws -> Int {
    guard let last = words.sequences.last else { return 0 }
    var simulator = FixedPointSimulator(compiled.design.network)
    for step in last { simulator.step(step) }
    return zip(states, simulator.states).count { $0 != $1 }
  }
}

extension Diagnostic {
  fileprivate static func noBoard(_ folder: String) -> Diagnostic {
    Diagnostic(
      id: "no-board", "the folder was generated for no board", at: SourceLocation(file: folder),
      hint: "'lstmg-hdl build DIR --board NAME' makes its bitstream", exitCode: .usage)
  }

  fileprivate static func noAnswer(_ path: String, _ board: Board, _ folder: String) -> Diagnostic {
    let others = SerialPort.candidates().filter { $0 != path }
    return Diagnostic(
      id: "no-answer", "nothing answers at \(board.uart.baud) baud",
      at: SourceLocation(file: path),
      hint: "send the bitstream first: lstmg-hdl flash \(folder)"
        + (others.isEmpty ? "" : "; other ports are \(others.joined(separator: ", "))"),
      exitCode: .inputOutput)
  }

  fileprivate static func otherProtocol(_ path: String) -> Diagnostic {
    Diagnostic(
      id: "other-protocol", "the board speaks another version of the protocol",
      at: SourceLocation(file: path), hint: "build and flash the network again",
      exitCode: .checkFailed)
  }

  fileprivate static func otherNetwork(
    _ identity: BoardIdentity, _ compiled: CompiledDesign, _ path: String, _ folder: String
  ) -> Diagnostic {
    Diagnostic(
      id: "other-network",
      "the board runs another network: '\(identity.name)' with hash"
        + " \(identity.hash.prefix(12))..., and the folder holds '\(compiled.name)' with hash"
        + " \(compiled.hash.prefix(12))...",
      at: SourceLocation(file: path), hint: "lstmg-hdl flash \(folder)", exitCode: .checkFailed)
  }

  fileprivate static func fault(
    _ fault: LinkFault, _ path: String, _ folder: String
  ) -> Diagnostic {
    let (message, hint) =
      switch fault {
      case .silent, .lost:
        (
          "the board lost frames three times in a row",
          "try another cable or USB port; the error LED shows broken frames"
        )
      case .noisy:
        (
          "something sends without end, and no frame of it is an answer",
          "see that this is the board's serial port"
        )
      case .refused(let request, .notAble):
        (
          "the board refuses '\(request)': it has no weights",
          "write the weights to its flash memory: lstmg-hdl flash \(folder)"
        )
      case .refused(let request, let reason):
        (
          "the board refuses '\(request)'" + (reason.map { ": \($0)" } ?? ""),
          "build and flash the network again"
        )
      }
    return Diagnostic(
      id: "link", message, at: SourceLocation(file: path), hint: hint, exitCode: .inputOutput)
  }
}
