import Diagnostics
import Foundation
import GoldenCases
import XCTest

@testable import HostLink

/// A conversation over a pseudo-terminal with a board of a few lines.
final class ConversationTests: XCTestCase {
  /// Answers every good frame with its own payload, unless `disturb` has other plans for the reply.
  private final class Echo: @unchecked Sendable {
    private var bytes: [UInt8] = []
    private(set) var served = 0
    private(set) var mostAtOnce = 0
    var disturb: (Int, [UInt8]) -> [UInt8] = { _, reply in reply }

    func answer(_ arrived: [UInt8]) -> [UInt8] {
      bytes += arrived
      var replies: [UInt8] = []
      var atOnce = 0
      while let zero = bytes.firstIndex(of: 0) {
        let frame = Frame(encoded: Array(bytes[..<zero]))
        bytes.removeSubrange(...zero)
        guard let frame else { continue }
        atOnce += 1
        let reply = Frame(type: frame.type | 0x80, number: frame.number, payload: frame.payload)
        replies += disturb(served, reply.encoded)
        served += 1
      }
      mostAtOnce = max(mostAtOnce, atOnce)
      return replies
    }
  }

  private func conversation(
    _ echo: Echo, patience: Duration = .milliseconds(200)
  ) throws -> (PseudoTerminal, Conversation) {
    let terminal = try PseudoTerminal { echo.answer($0) }
    return (
      terminal, Conversation(try SerialPort(terminal.path, baud: 1_000_000), patience: patience)
    )
  }

  private func questions(_ count: Int) -> [Conversation.Question] {
    (0..<count).map { .init(.step, [UInt8(truncatingIfNeeded: $0), 0, 7]) }
  }

  /// More requests than sequence numbers, several on their way.
  func testRepliesComeInOrder() async throws {
    let echo = Echo()
    var (terminal, conversation) = try conversation(echo, patience: .seconds(5))
    let questions = questions(700)
    var told: [Int] = []
    let replies = try await conversation.ask(questions, window: 4) { told.append($0) }
    XCTAssertEqual(replies, questions.map(\.payload))
    XCTAssertEqual(told, Array(1...700))
    XCTAssertLessThanOrEqual(echo.mostAtOnce, 4)
    terminal.hangUp()
  }

  func testALostReplyIsTold() async throws {
    let echo = Echo()
    echo.disturb = { $0 == 3 ? [] : $1 }
    var (terminal, conversation) = try conversation(echo)
    await assertFault(.lost) {
      _ = try await conversation.ask(self.questions(8), window: 2) { _ in }
    }
    try await conversation.settle()
    let again = try await conversation.ask(questions(8), window: 2) { _ in }
    XCTAssertEqual(again.count, 8)
    terminal.hangUp()
  }

  func testSilenceIsTold() async throws {
    let echo = Echo()
    echo.disturb = { _, _ in [] }
    var (terminal, conversation) = try conversation(echo)
    await assertFault(.silent) { _ = try await conversation.ask(.ping) }
    terminal.hangUp()
  }

  /// Something that never stops to send: neither a question nor the wait for silence lasts for ever.
  func testAPortThatKeepsTalking() async throws {
    let stale = Frame(type: Request.ping.replyType, number: 77, payload: []).encoded
    for chatter in [Array("hello".utf8), [0, 0, 0], stale] {
      let echo = Echo()
      echo.disturb = { _, _ in [] }
      var (terminal, conversation) = try conversation(echo)
      let line = terminal
      let talk = Thread { while line.send(chatter) { usleep(10_000) } }
      talk.start()
      await assertFault(.silent) { _ = try await conversation.ask(.ping) }
      await assertFault(.noisy) { try await conversation.settle() }
      terminal.hangUp()
    }
  }

  func testNoiseAndBrokenFramesAreCounted() async throws {
    let echo = Echo()
    echo.disturb = { served, reply in
      // A bit of the first reply is wrong; noise stands before the third one.
      served == 0
        ? [reply[0], reply[1] ^ 4] + reply.dropFirst(2)
        : served == 2 ? [9, 9, 0, 0] + reply : reply
    }
    var (terminal, conversation) = try conversation(echo)
    await assertFault(.silent) { _ = try await conversation.ask(.step, [1]) }
    let replies = try await conversation.ask(questions(4), window: 1) { _ in }
    XCTAssertEqual(replies.count, 4)
    XCTAssertEqual(conversation.brokenReplies, 2)
    terminal.hangUp()
  }

  /// A reply to a request that was given up is nobody's.
  func testALateReplyIsIgnored() async throws {
    let echo = Echo()
    let late = Frame(type: 0x82, number: 77, payload: [5]).encoded
    echo.disturb = { served, reply in served == 1 ? late + reply : reply }
    var (terminal, conversation) = try conversation(echo)
    let replies = try await conversation.ask(questions(4), window: 1) { _ in }
    XCTAssertEqual(replies, questions(4).map(\.payload))
    terminal.hangUp()
  }

  func testARefusalIsTold() async throws {
    let echo = Echo()
    echo.disturb = { _, _ in Frame(type: Refusal.frameType, number: 0, payload: [3, 2]).encoded }
    var (terminal, conversation) = try conversation(echo)
    await assertFault(.refused(.step, .notAble)) { _ = try await conversation.ask(.step, [1]) }
    terminal.hangUp()
  }

  // MARK: Ports

  func testAPortIsForOneProgram() throws {
    let terminal = try PseudoTerminal { $0 }
    let first = try SerialPort(terminal.path, baud: 115_200)
    XCTAssertThrowsError(try SerialPort(terminal.path, baud: 115_200)) {
      XCTAssertEqual(($0 as? Diagnostic)?.message, "another program uses the port")
    }
    XCTAssertEqual(first.path, terminal.path)
    terminal.hangUp()
  }

  func testAPortThatVanishes() async throws {
    let terminal = try PseudoTerminal { $0 }
    let port = try SerialPort(terminal.path, baud: 115_200)
    terminal.hangUp()
    do {
      _ = try await port.read(within: .seconds(5))
      XCTFail("it read something")
    } catch let error as Diagnostic {
      XCTAssertTrue(error.message.hasPrefix("the port is gone"), error.message)
    }
  }

  func testWhatIsNoPort() {
    for (path, baud, message) in [
      ("/dev/null", 115_200, "this is no serial port"),
      ("/dev/nothing-here", 115_200, "cannot open the port: no such file or directory"),
      ("/dev/null", 12_345, "serial ports here know no rate of 12345 baud"),
    ] {
      XCTAssertThrowsError(try SerialPort(path, baud: baud)) {
        XCTAssertEqual(($0 as? Diagnostic)?.message, message)
      }
    }
  }

  private func assertFault(
    _ fault: LinkFault, file: StaticString = #filePath, line: UInt = #line,
    _ body: () async throws -> Void
  ) async {
    do {
      try await body()
      XCTFail("no fault", file: file, line: line)
    } catch {
      XCTAssertEqual(error as? LinkFault, fault, file: file, line: line)
    }
  }
}
