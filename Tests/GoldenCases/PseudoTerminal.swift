import Foundation

/// A pseudo-terminal with something at its other end that answers bytes.
public final class PseudoTerminal: @unchecked Sendable {
  /// What a serial port is opened with.
  public let path: String
  private let descriptor: Int32
  /// Kept open: the line does not end when the port is closed.
  private let other: Int32
  private let thread: Thread
  private let lock = NSLock()
  private var isOpen = true

  /// `answer` gets what has arrived and returns what to send back.
  public init(_ answer: @escaping @Sendable ([UInt8]) -> [UInt8]) throws {
    // The functions for this are invisible here; these two calls are what they do on Linux.
    let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY)
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
    thread = Thread {
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return }
        let reply = answer(Array(buffer.prefix(count)))
        if !reply.isEmpty { _ = write(descriptor, reply, reply.count) }
      }
    }
    thread.start()
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
      close(other)
      close(descriptor)
    }
  }

  deinit { hangUp() }
}
