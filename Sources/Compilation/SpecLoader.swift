import DataSets
import Diagnostics
import Foundation
import Importing
import NetSpec
import Network

/// Reads a netSpec from a file, packed or plain, or from standard input; a file of another program's
/// network that leaves nothing to choose stands for the netSpec that `import` makes of it.
public struct SpecLoader: Sendable {
  /// Stands for standard input on a command line.
  public static let standardInput = "-"

  public var dialect: Dialect?
  public var inputCount: Int?
  public var outputCount: Int?
  /// Seed of an automatic netSpec's weights, unless a file gives them.
  public var seed: UInt64 = 1
  public var weights: String?
  /// Whether a spec that does not say its number of outputs is refused. Its text is the same
  /// whatever the number.
  public var needsCounts = true

  public init() {}

  public func load(_ path: String) throws(DiagnosticList) -> NetSpecDocument {
    let source = try weightSource()
    let bytes = try Self.bytes(of: path)
    let file = path == Self.standardInput ? "<stdin>" : path
    if let network = try imported(bytes, file) { return network }
    do {
      return try NetSpecReader(
        dialect: dialect, inputCount: inputCount, outputCount: outputCount, weights: source
      ).read(bytes, file: file)
    } catch {
      guard !needsCounts, error.diagnostics.contains(where: { $0.id == "missing-output-count" })
      else { throw error }
      return try NetSpecReader(
        dialect: dialect, inputCount: inputCount ?? 0, outputCount: 1, weights: source
      ).read(bytes, file: file)
    }
  }

  /// The file's name without its folder, as generated files quote it.
  public static func sourceName(of path: String) -> String {
    if path == standardInput { return "standard input" }
    return path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The network's name where none is given: that of the file without its endings.
  public static func defaultName(of path: String) -> String {
    if path == standardInput { return "net" }
    var name = sourceName(of: path)
    for ending in [".gz", ".spec", ".csv", ".netspec", ".txt", ".net", ".safetensors"]
    where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    return name
  }

  /// A network of another program, which knows its numbers of inputs and outputs itself; nil for what
  /// looks like a netSpec.
  private func imported(
    _ bytes: [UInt8], _ file: String
  ) throws(DiagnosticList) -> NetSpecDocument? {
    guard dialect == nil else { return nil }
    let network: Network
    do throws(Diagnostic) {
      guard try ImportFormat.detected(bytes, file: file) != nil else { return nil }
      network = try Importer().read(bytes, file: file).network
    } catch {
      throw DiagnosticList([error])
    }
    for (option, asked, actual) in [
      ("--num-inputs", inputCount, network.inputCount),
      ("--num-outputs", outputCount, network.outputCount),
    ] {
      guard asked ?? actual == actual else {
        throw DiagnosticList([.countMismatch(option, actual, file)])
      }
    }
    return NetSpecDocument(network)
  }

  private func weightSource() throws(DiagnosticList) -> WeightSource {
    guard let weights else { return .seeded(seed) }
    return try .reading(try Self.bytes(of: weights), file: weights)
  }

  private static func bytes(of path: String) throws(DiagnosticList) -> [UInt8] {
    let inFolder = path + "/" + Manifest.specName
    if FileManager.default.fileExists(atPath: inFolder) {
      throw DiagnosticList([.isGenerated(path, spec: inFolder)])
    }
    do throws(Diagnostic) {
      return try FileReader().read(path == standardInput ? "/dev/stdin" : path)
    } catch {
      throw DiagnosticList([error])
    }
  }
}

extension Diagnostic {
  fileprivate static func isGenerated(_ folder: String, spec: String) -> Diagnostic {
    Diagnostic(
      id: "unreadable-file", "this is a folder that 'lstmg-hdl generate' has written",
      at: SourceLocation(file: folder), hint: "its netSpec is \(spec)", exitCode: .inputOutput)
  }

  fileprivate static func countMismatch(
    _ option: String, _ actual: Int, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "count-mismatch", "the network of the file has \(actual), not what \(option) says",
      at: SourceLocation(file: file), hint: "leave \(option) out", exitCode: .usage)
  }
}
