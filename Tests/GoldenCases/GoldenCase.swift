import Foundation
import NetSpec

/// A folder of reference data: a netSpec, the inputs of each step and what must come out.
public struct GoldenCase: Sendable {
  /// Whether the reference data were made with learning steps.
  public enum Mode: String, Decodable, Sendable { case test, train }

  public let name: String
  public let dialect: Dialect
  /// Inputs of the network, a bias included.
  public let inputCount: Int
  public let outputCount: Int
  /// Largest allowed difference to the reference in double arithmetic.
  public let absTol: Double
  public let mode: Mode
  /// Rate of every adjustment; nil where nothing is learnt.
  public let learnRate: Double?
  private let folder: URL

  /// Every case that has data to run on, sorted by name.
  public static let all: [GoldenCase] = folders(in: fixtures)
    .filter { !["invalid", "valid-text"].contains($0.lastPathComponent) }
    .map(GoldenCase.init(folder:))

  /// The folder that holds all cases, and the folders `invalid` and `valid-text`.
  public static let fixtures = Bundle.module.resourceURL!.appendingPathComponent("Fixtures")

  /// The case of that name; a wrong name is a mistake in the test.
  public static func named(_ name: String) -> GoldenCase {
    guard let found = all.first(where: { $0.name == name }) else {
      preconditionFailure("no golden case named \(name)")
    }
    return found
  }

  private init(folder: URL) {
    let data = try! Data(contentsOf: folder.appendingPathComponent("meta.json"))
    let meta = try! JSONDecoder().decode(Meta.self, from: data)
    self.folder = folder
    name = folder.lastPathComponent
    dialect = Dialect(rawValue: meta.dialect)!
    inputCount = meta.numInputs
    outputCount = meta.numOutputs
    absTol = meta.absTol
    mode = meta.mode
    learnRate = meta.learnRate
  }

  /// The network: `net.spec` or `net.csv`.
  public var specBytes: [UInt8] { bytes(of: specName)! }

  /// Name of the file of `specBytes`.
  public var specName: String { dialect == .seed ? "net.spec" : "net.csv" }

  /// Where a file lies, plain or with `.gz` appended; nil if the case lacks it.
  public func url(of file: String) -> URL? {
    [file, file + ".gz"].map(folder.appendingPathComponent)
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// The unpacked contents of a file; nil if the case lacks it.
  public func bytes(of file: String) -> [UInt8]? {
    url(of: file).map { $0.pathExtension == "gz" ? gunzip($0) : [UInt8](try! Data(contentsOf: $0)) }
  }

  /// The lines of a CSV file as numbers, an empty array for an empty line; nil if it is missing.
  public func rows(of file: String) -> [[Double]]? {
    bytes(of: file).map { bytes in
      var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return lines.map { line in
        line.split(separator: UInt8(ascii: ",")).map { field in
          Double(String(decoding: field, as: UTF8.self).trimmingCharacters(in: .whitespaces))!
        }
      }
    }
  }

  private struct Meta: Decodable {
    let dialect: String
    let numInputs: Int
    let numOutputs: Int
    let absTol: Double
    let mode: Mode
    let learnRate: Double?
  }
}

private func folders(in parent: URL) -> [URL] {
  try! FileManager.default.contentsOfDirectory(at: parent, includingPropertiesForKeys: nil)
    .filter { $0.hasDirectoryPath }
    .sorted { $0.lastPathComponent < $1.lastPathComponent }
}

/// Unpacks with the system's gzip, so that tests need no library for it.
private func gunzip(_ file: URL) -> [UInt8] {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["gzip", "-dc", file.path]
  process.standardOutput = output
  try! process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  precondition(process.terminationStatus == 0, "gzip failed on \(file.path)")
  return [UInt8](data)
}
