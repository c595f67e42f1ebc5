import Diagnostics
import Foundation

/// A serial port of this computer, or a pseudo-terminal: raw bytes, 8 data bits, no parity, one stop bit.
public final class SerialPort: Sendable {
  /// Longest time that a call waits without letting other tasks run, in milliseconds.
  private static let slice: Int32 = 20
  /// Largest piece of what a port has received.
  private static let bufferSize = 4096

  public let path: String
  private let descriptor: Int32

  /// Opens the port for this process alone. `baud` is in bits a second.
  public init(_ path: String, baud: Int) throws(Diagnostic) {
    guard let speed = Self.speeds[baud] else { throw .noSpeed(baud) }
    let descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(path, errno) }
    do throws(Diagnostic) {
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .inUse(path) }
      guard Self.configure(descriptor, speed) else { throw .notSerial(path) }
    } catch {
      close(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  private static func configure(_ descriptor: Int32, _ speed: speed_t) -> Bool {
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { return false }
    cfmakeraw(&settings)
    settings.c_cflag |= tcflag_t(CLOCAL | CREAD)
    settings.c_cflag &= ~tcflag_t(CSTOPB | PARENB)
    return cfsetspeed(&settings, speed) == 0 && tcsetattr(descriptor, TCSANOW, &settings) == 0
      && tcflush(descriptor, TCIOFLUSH) == 0
  }

  /// Sends all bytes.
  public func write(_ bytes: [UInt8]) async throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      try Task.checkCancellation()
      let count = rest.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        wait(POLLOUT)
        await Task.yield()
      } else if errno != EINTR {
        throw Diagnostic.broken(path, errno)
      }
    }
  }

  /// What has arrived, as soon as there is anything; nothing if the time is over before.
  public func read(within limit: Duration) async throws -> [UInt8] {
    let end = ContinuousClock.now + limit
    var buffer = [UInt8](repeating: 0, count: Self.bufferSize)
    while true {
      try Task.checkCancellation()
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count > 0 { return Array(buffer.prefix(count)) }
      // A device that is pulled out reads as the end of a file.
      if count == 0 { throw Diagnostic.broken(path, EIO) }
      guard errno == EAGAIN || errno == EINTR else { throw Diagnostic.broken(path, errno) }
      guard ContinuousClock.now < end else { return [] }
      wait(POLLIN)
      await Task.yield()
    }
  }

  private func wait(_ events: Int32) {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    _ = poll(&entry, 1, Self.slice)
  }

  /// Ports that a board may be at, in the order of their names.
  public static func candidates() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/dev")) ?? []
    return names.filter { $0.hasPrefix("ttyUSB") || $0.hasPrefix("ttyACM") }.sorted()
      .map { "/dev/" + $0 }
  }

  /// Rates that can be set, in bits a second.
  public static var rates: [Int] { speeds.keys.sorted() }

  private static let speeds: [Int: speed_t] = [
    9600: speed_t(B9600), 19_200: speed_t(B19200), 38_400: speed_t(B38400),
    57_600: speed_t(B57600), 115_200: speed_t(B115200), 230_400: speed_t(B230400),
    460_800: speed_t(B460800), 500_000: speed_t(B500000), 576_000: speed_t(B576000),
    921_600: speed_t(B921600), 1_000_000: speed_t(B1000000), 1_152_000: speed_t(B1152000),
    1_500_000: speed_t(B1500000), 2_000_000: speed_t(B2000000), 2_500_000: speed_t(B2500000),
    3_000_000: speed_t(B3000000), 3_500_000: speed_t(B3500000), 4_000_000: speed_t(B4000000),
  ]
}

extension Diagnostic {
  fileprivate static func noSpeed(_ baud: Int) -> Diagnostic {
    Diagnostic(
      id: "baud-rate", "serial ports here know no rate of \(baud) baud",
      hint: "give the board's description a common rate, such as 115200 or 1000000",
      exitCode: .usage)
  }

  fileprivate static func cannotOpen(_ path: String, _ code: Int32) -> Diagnostic {
    let ports = SerialPort.candidates()
    let hint =
      switch code {
      case EACCES:
        "only the port's group may use it: sudo usermod -a -G dialout $USER, then log in again;"
          + " 'lstmg-hdl doctor' looks for more"
      case ENOENT where ports.isEmpty: "no serial port over USB is here: is the board plugged in?"
      case ENOENT: "here are \(ports.joined(separator: ", "))"
      default: "'lstmg-hdl doctor' looks for what may be wrong"
      }
    return Diagnostic(
      id: "port", "cannot open the port: \(String(cString: strerror(code)).lowercased())",
      at: SourceLocation(file: path), hint: hint,
      exitCode: code == ENOENT ? .missingFile : .inputOutput)
  }

  fileprivate static func inUse(_ path: String) -> Diagnostic {
    Diagnostic(
      id: "port", "another program uses the port", at: SourceLocation(file: path),
      hint: "end it first", exitCode: .inputOutput)
  }

  fileprivate static func notSerial(_ path: String) -> Diagnostic {
    Diagnostic(
      id: "port", "this is no serial port", at: SourceLocation(file: path), exitCode: .inputOutput)
  }

  fileprivate static func broken(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic(
      id: "port", "the port is gone: \(String(cString: strerror(code)).lowercased())",
      at: SourceLocation(file: path), hint: "was the board unplugged?", exitCode: .inputOutput)
  }
}
