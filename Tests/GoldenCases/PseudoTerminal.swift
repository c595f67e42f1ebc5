import Foundation

/// A pseudo-terminal with something at its other end that answers bytes.
public final class PseudoTerminal: @unchecked Sendable {
  /// What a serial port is opened with.
  public let path: String
  private let descriptor: Int32
  /// Kept open: the line does not end when the port is closed.
  private let other: Int32
  /// A byte in this pipe ends the thread that answers.
  private let end: (read: Int32, write: Int32)
  private let hasEnded = DispatchSemaphore(value: 0)
  private let lock = NSLock()
  private var isOpen = true

  /// `answer` gets what has arrived and returns what to send back.
  public init(_ answer: @escaping @Sendable ([UInt8]) -> [UInt8]) throws {
    // The functions for this are invisible here; these two calls are what they do on Linux.
    let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
    var unlock: Int32 = 0
    var number: Int32 = 0
    guard descriptor >= 0, ioctl(descriptor, 0x4004_5431, &unlock) == 0,
      ioctl(descriptor, 0x8004_5430, &number) == 0
    else { throw POSIXError(.ENXIO) }
    self.descriptor = descriptor
    path = "/dev/pts/\(number)"
    other = open(path, O_RDWR | O_NOCTTY)
    var settings = termios()
    tcgetattr(other, &settings)
    cfmakeraw(&settings)
    tcsetattr(other, TCSANOW, &settings)
    var pair: [Int32] = [0, 0]
    guard pipe(&pair) == 0 else { throw POSIXError(.EMFILE) }
    let end = (read: pair[0], write: pair[1])
    self.end = end
    Thread { [hasEnded] in
      Self.serve(descriptor, until: end.read, answer)
      hasEnded.signal()
    }.start()
  }

  private static func serve(
    _ descriptor: Int32, until end: Int32, _ answer: ([UInt8]) -> [UInt8]
  ) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var events = [descriptor, end].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while true {
      guard poll(&events, 2, -1) > 0 || errno == EINTR, events[1].revents == 0 else { return }
      guard events[0].revents != 0 else { continue }
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return }
      let reply = answer(Array(buffer.prefix(count)))
      if !reply.isEmpty { _ = write(descriptor, reply, reply.count) }
    }
  }

  /// Sends what nobody has asked for; false after the line has ended.
  public func send(_ bytes: [UInt8]) -> Bool {
    lock.withLock { isOpen && write(descriptor, bytes, bytes.count) == bytes.count }
  }

  /// Ends the line, as if the board were pulled out.
  public func hangUp() {
    lock.withLock {
      guard isOpen else { return }
      isOpen = false
      // A line lives on while a thread still reads it.
      _ = write(end.write, [0], 1)
      hasEnded.wait()
      for file in [other, descriptor, end.read, end.write] { close(file) }
    }
  }

  deinit { hangUp() }
}
