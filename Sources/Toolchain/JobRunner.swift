import Diagnostics
import Foundation
import Subprocess

/// Runs jobs: finds the program, keeps its output, stops it and all it started when it takes too
/// long or the task is cancelled.
public struct JobRunner: Sendable {
  public let locator: ToolLocator
  /// Where the output of failed jobs stays.
  private let logFolder: String

  public init(locator: ToolLocator = ToolLocator(), logFolder: String? = nil) {
    self.locator = locator
    self.logFolder = logFolder ?? FileManager.default.temporaryDirectory.path
  }

  /// Runs a job to its end and returns what it printed; any failure is an error.
  @discardableResult
  public func run(_ job: Job) async throws(Diagnostic) -> String {
    let program: String
    switch job.program {
    case .tool(let tool): program = try locator.path(of: tool)
    case .file(let path): program = path
    }
    let log = try openLog(job)
    defer { close(log.descriptor) }
    let end = await execute(job, program, writingTo: log.descriptor)
    let text = LogTail.text(ofFileAt: log.path)
    if job.log == nil, end.removesLog { unlink(log.path) }
    switch end {
    case .exited(.exited(0)): return text
    case .exited(let status): throw .failed(job, describe(status), text, log.path)
    case .timedOut(let limit): throw .failed(job, "stopped after \(limit)", text, log.path)
    case .interrupted: throw .interrupted
    case .notStarted(let reason): throw .notStarted(job, reason)
    }
  }

  private enum End: Sendable {
    case exited(TerminationStatus)
    case timedOut(Duration)
    case interrupted
    case notStarted(String)

    /// Whether nobody will want to read what was printed.
    var removesLog: Bool {
      switch self {
      case .exited(let status): status.isSuccess
      case .timedOut: false
      case .interrupted, .notStarted: true
      }
    }
  }

  private func execute(
    _ job: Job, _ program: String, writingTo descriptor: Int32
  ) async -> End {
    guard !Task.isCancelled else { return .interrupted }
    return await withTaskGroup(of: End?.self) { group in
      group.addTask { await self.process(job, program, writingTo: descriptor) }
      if let limit = job.timeLimit {
        group.addTask { (try? await Task.sleep(for: limit)) == nil ? nil : .timedOut(limit) }
      }
      var result: End?
      while let end = await group.next() {
        guard let end, result == nil else { continue }
        result = end
        // The process is stopped by its own task; waiting for that one leaves nothing running.
        group.cancelAll()
      }
      return Task.isCancelled ? .interrupted : result ?? .interrupted
    }
  }

  private func process(
    _ job: Job, _ program: String, writingTo descriptor: Int32
  ) async -> End {
    var options = PlatformOptions()
    // A group of its own, so that one signal reaches whatever the program started itself.
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
    ]
    // Messages in one language: some are searched for words.
    let changes = job.environment.merging(["LC_ALL": "C"]) { own, _ in own }
    do {
      let result = try await Subprocess.run(
        .path(.init(program)), arguments: .init(job.arguments),
        environment: .inherit.updating(
          Dictionary(uniqueKeysWithValues: changes.map { (.init(stringLiteral: $0), $1) })),
        workingDirectory: job.workingDirectory.map { .init($0) }, platformOptions: options,
        output: .fileDescriptor(.init(rawValue: descriptor), closeAfterSpawningProcess: false),
        error: .combinedWithOutput)
      // A child that survived the polite signal, which its parent obeyed, is still in the group.
      if Task.isCancelled { kill(-result.processIdentifier.value, SIGKILL) }
      return .exited(result.terminationStatus)
    } catch {
      return Task.isCancelled ? .interrupted : .notStarted("\(error)")
    }
  }

  private func openLog(_ job: Job) throws(Diagnostic) -> (path: String, descriptor: Int32) {
    let path =
      job.log ?? logFolder
      + "/lstmg-hdl-\(job.name)-\(getpid())-\(UInt32.random(in: 0 ... .max)).log"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .noLog(path, String(cString: strerror(errno))) }
    return (path, descriptor)
  }

  private func describe(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "exit status \(code)"
    case .signaled(let signal): "ended by signal \(signal)"
    }
  }
}
