import Diagnostics
import Foundation

/// What nextpnr reports of one place and route (`--report`).
public struct PlacementReport: Hashable, Sendable {
  public struct Use: Hashable, Codable, Sendable {
    public let used: Int
    public let available: Int
  }

  /// Megahertz that each clock reaches, by the name of its net.
  public let clocks: [String: Double]
  /// By the name that nextpnr has for a kind of cell.
  public let utilization: [String: Use]

  /// Megahertz of the clock whose net has this name, whatever nextpnr has put around it; nil if no
  /// register has it.
  public func clock(_ net: String) -> Double? {
    clocks.first { Self.names(in: $0.key).contains(Substring(net)) }?.value
  }

  private static func names(in net: String) -> [Substring] {
    net.split(whereSeparator: { $0 == "$" || $0 == "." })
  }

  /// `file` is where it lies, unless that is soon gone.
  public init(json: [UInt8], file: String? = nil) throws(Diagnostic) {
    do {
      let report = try JSONDecoder().decode(File.self, from: Data(json))
      clocks = report.fmax.mapValues(\.achieved)
      utilization = report.utilization
    } catch {
      throw Diagnostic(
        id: "tool-failed", "the report of nextpnr cannot be read: \(error)",
        at: file.map { SourceLocation(file: $0) }, exitCode: .checkFailed)
    }
  }

  private struct File: Decodable {
    let fmax: [String: Clock]
    let utilization: [String: Use]

    struct Clock: Decodable {
      let achieved: Double
    }
  }
}
