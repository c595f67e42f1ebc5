import Diagnostics
import Foundation
import XCTest

@testable import Toolchain

final class JobRunnerTests: FolderTestCase {
  private var runner: JobRunner { JobRunner(logFolder: folder) }

  private func shell(
    _ script: String, environment: [String: String] = [:], log: String? = nil,
    timeLimit: Duration? = nil
  ) -> Job {
    Job(
      .file("/bin/sh"), ["-c", script], in: folder, environment: environment, log: log,
      timeLimit: timeLimit)
  }

  func testOutputOfBothKindsIsReturnedAndNoLogIsLeft() async throws {
    let text = try await runner.run(shell("echo out; echo err >&2; echo more"))
    XCTAssertEqual(text, "out\nerr\nmore\n")
    XCTAssertEqual(names(in: folder), [])
  }

  func testFolderAndEnvironmentAreThoseOfTheJob() async throws {
    let text = try await runner.run(
      shell("pwd; echo $NAME $LC_ALL", environment: ["NAME": "a b"]))
    XCTAssertEqual(text, "\(folder)\na b C\n")
  }

  func testLogOfAJobStaysWhereItWasAskedFor() async throws {
    try await runner.run(shell("echo kept", log: folder + "/job.log"))
    XCTAssertEqual(try String(contentsOfFile: folder + "/job.log", encoding: .utf8), "kept\n")
  }

  func testFailureShowsCommandStatusLastLinesAndLog() async throws {
    let script = "for i in $(seq 30); do echo line $i; done; exit 3"
    let diagnostic = try await failure { try await runner.run(shell(script)) }
    XCTAssertEqual(diagnostic.id, "tool-failed")
    XCTAssertEqual(diagnostic.message, "sh failed: exit status 3")
    XCTAssertEqual(
      diagnostic.notes.map(\.message),
      ["the command was: /bin/sh -c '\(script)'"] + (11...30).map { "line \($0)" })
    let log = try XCTUnwrap(names(in: folder).first)
    XCTAssertEqual(diagnostic.hint, "its whole output is in \(folder)/\(log)")
    XCTAssertEqual(
      try String(contentsOfFile: folder + "/" + log, encoding: .utf8),
      (1...30).map { "line \($0)\n" }.joined())
  }

  func testProgramEndedByASignalIsAFailure() async throws {
    let diagnostic = try await failure { try await runner.run(shell("kill -9 $$")) }
    XCTAssertEqual(diagnostic.message, "sh failed: ended by signal 9")
  }

  func testProgramThatCannotBeStartedIsAFailure() async throws {
    let diagnostic = try await failure { try await runner.run(Job(.file(folder + "/none"), [])) }
    XCTAssertEqual(diagnostic.id, "tool-failed")
    XCTAssertTrue(diagnostic.message.hasPrefix("none could not be started: "))
    XCTAssertEqual(names(in: folder), [])
  }

  func testLogThatCannotBeWrittenIsReported() async throws {
    let diagnostic = try await failure {
      try await runner.run(shell("true", log: folder + "/none/log"))
    }
    XCTAssertEqual(diagnostic.id, "cannot-create")
    XCTAssertEqual(diagnostic.location?.file, folder + "/none/log")
  }

  func testJobBeyondItsTimeLimitIsStopped() async throws {
    let diagnostic = try await failure {
      try await runner.run(shell("echo begun; sleep 60", timeLimit: .milliseconds(200)))
    }
    XCTAssertEqual(diagnostic.message, "sh failed: stopped after 0.2 seconds")
    XCTAssertEqual(diagnostic.notes.last?.message, "begun")
  }

  func testJobWithinItsTimeLimitIsNotDelayedByIt() async throws {
    let start = ContinuousClock.now
    try await runner.run(shell("true", timeLimit: .seconds(60)))
    XCTAssertLessThan(ContinuousClock.now - start, .seconds(30))
  }

  func testCancellationEndsEvenAChildThatIgnoresThePoliteSignal() async throws {
    let pipe = try ChildPipe(in: folder)
    let job = shell("exec 3>pipe; (trap '' TERM; sleep 60) & echo begun >&3; wait")
    let runner = runner
    let task = Task { try await runner.run(job) }
    await pipe.waitForFirstByte()
    task.cancel()
    let diagnostic = try await failure { try await task.value }
    XCTAssertEqual(diagnostic, .interrupted)
    await pipe.waitForTheLastWriterToGo()
    XCTAssertEqual(names(in: folder), ["pipe"])
  }

  func testInterruptCancelsTheWork() async throws {
    let pipe = try ChildPipe(in: folder)
    let job = shell("exec 3>pipe; echo begun >&3; sleep 60")
    let (runner, folder) = (runner, folder)
    let diagnostic = try await failure {
      try await InterruptHandler().run {
        try await TemporaryFolder.use(in: folder) { _ throws(Diagnostic) in
          Task {
            await pipe.waitForFirstByte()
            kill(getpid(), SIGINT)
          }
          return try await runner.run(job)
        }
      }
    }
    XCTAssertEqual(diagnostic, .interrupted)
    XCTAssertEqual(diagnostic.exitCode, .interrupted)
    await pipe.waitForTheLastWriterToGo()
    XCTAssertEqual(names(in: folder), ["pipe"])
  }

  func testWorkWithoutInterruptReturnsItsResult() async throws {
    let answer = try await InterruptHandler().run { 42 }
    XCTAssertEqual(answer, 42)
  }

  func testBlockingCallReturnsResultsAndErrors() {
    let runner = runner
    let job = shell("echo here")
    XCTAssertEqual(try Blocking.run { try await runner.run(job) }, "here\n")
    let failing = shell("exit 1")
    XCTAssertThrowsError(try Blocking.run { try await runner.run(failing) })
  }
}

/// A named pipe that tells when a job has begun, and when nothing of it is left.
private final class ChildPipe: Sendable {
  private let descriptor: Int32

  init(in folder: String) throws {
    XCTAssertEqual(mkfifo(folder + "/pipe", 0o600), 0)
    descriptor = open(folder + "/pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    XCTAssertGreaterThanOrEqual(descriptor, 0)
  }

  deinit { close(descriptor) }

  func waitForFirstByte() async { await wait(for: Int16(POLLIN)) }

  /// Fails after half a minute, long before the children would end by themselves.
  func waitForTheLastWriterToGo() async {
    var bytes = [UInt8](repeating: 0, count: 100)
    while read(descriptor, &bytes, 100) > 0 {}
    await wait(for: Int16(POLLHUP))
  }

  private func wait(for event: Int16) async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { [descriptor] in
        var request = pollfd(fd: descriptor, events: event, revents: 0)
        XCTAssertEqual(poll(&request, 1, 30_000), 1)
        XCTAssertNotEqual(request.revents & event, 0)
        continuation.resume()
      }
    }
  }
}
