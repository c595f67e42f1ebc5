import DataSets
import Foundation
import Importing
import NetSpec
import Network

/// What libFuzzer calls with inputs that it makes up: it looks for crashes, for memory without bound and for
/// endless work. `LSTMG_FUZZ_TARGET` names the reader.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: data, count: count)))
  return 0
}

enum FuzzTarget: String, CaseIterable {
  case safetensors, onnx, rtneural, synaptic, dll, seed, csv, npy

  static let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["LSTMG_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
      fatalError("LSTMG_FUZZ_TARGET is one of \(allCases.map(\.rawValue))")
    }
    return target
  }()

  func run(_ bytes: [UInt8]) {
    switch self {
    case .safetensors: check(bytes, .safetensors)
    case .onnx: check(bytes, .onnx)
    case .rtneural: check(bytes, .rtneural)
    case .synaptic: check(bytes, .synaptic)
    case .dll: checkDLL(bytes)
    case .seed: check(bytes, .seed)
    case .csv: check(bytes, .csv)
    case .npy: _ = try? DataSetReader(columnCount: nil).read(bytes, file: "f")
    }
  }

  private func check(_ bytes: [UInt8], _ format: ImportFormat) {
    var importer = Importer()
    importer.format = format
    guard let imported = try? importer.read(bytes, file: "f") else { return }
    checkText(of: imported.network)
  }

  private func checkDLL(_ bytes: [UInt8]) {
    guard bytes.count > 3 else { return }
    var importer = Importer()
    importer.sizes = NetworkSizes(
      inputs: Int(bytes[0]), units: Int(bytes[1] % 16), outputs: Int(bytes[2] % 16))
    guard let imported = try? importer.read(Array(bytes[3...]), file: "f") else { return }
    checkText(of: imported.network)
  }

  /// A netSpec that is read prints as one that reads the same.
  private func check(_ bytes: [UInt8], _ dialect: Dialect) {
    let reader = NetSpecReader(dialect: dialect, outputCount: dialect == .seed ? 1 : nil)
    guard let document = try? reader.read(bytes, file: "f") else { return }
    let text = NetSpecPrinter().text(
      document.network, dialect: dialect, carriesStates: document.carriesStates)
    guard let again = try? reader.read(Array(text.utf8), file: "f") else {
      fatalError("what was printed is not read")
    }
    precondition(again.network.connections == document.network.connections)
  }

  /// An imported network prints as a netSpec that reads the same, inputs included.
  private func checkText(of network: Network) {
    guard network.connections.count < 5000 else { return }
    let text = NetSpecPrinter().text(network, dialect: .seed)
    let reader = NetSpecReader(
      dialect: .seed, inputCount: network.inputCount, outputCount: network.outputCount)
    guard let document = try? reader.read(Array(text.utf8), file: "f") else {
      fatalError("what was imported is no netSpec")
    }
    precondition(document.network.connections == network.connections)
  }
}
