import Emission
import FixedPoint
import Foundation
import GoldenCases
import Lowering
import NetSpec
import Network
import XCTest

/// A golden case read, quantised and written as a C header.
struct CHeaderHarness {
  let network: QuantisedNetwork
  let inputs: [[Double]]
  let resets: [Bool]
  let header: Artefact

  init(_ golden: GoldenCase, formats: NumberFormats = .init()) throws {
    let document = try NetSpecReader(
      dialect: golden.dialect, inputCount: golden.inputCount, outputCount: golden.outputCount
    ).read(golden.specBytes, file: golden.specName)
    // A step without inputs is one of zeros where there are none to give.
    let rows = golden.rows(of: "inputs.csv") ?? []
    let inputs = rows.map { $0.isEmpty ? [Double](repeating: 0, count: golden.inputCount) : $0 }
    let marks = golden.rows(of: "reset.csv")
    let resets = inputs.indices.map { $0 == 0 || marks?[$0].first == 1 }
    let largest = inputs.joined().map(abs).max() ?? 1
    try self.init(
      document.network, formats: formats, inputLimit: max(1, largest), inputs: inputs,
      resets: resets, name: golden.name)
  }

  init(
    _ graph: Network, formats: NumberFormats = .init(), inputLimit: Double = 1,
    inputs: [[Double]] = [], resets: [Bool] = [], constantInputs: [Int: Double] = [:],
    name: String
  ) throws {
    let levelled = Levelizer(constantInputs: constantInputs).levelize(graph)
    let options = QuantisationOptions(formats: formats, inputRange: -inputLimit...inputLimit)
    network = try Quantiser(options).quantise(GateFactorer().factor(levelled))
    self.inputs = inputs
    self.resets = resets
    header = try Self.emit(network, name)
  }

  static func emit(_ network: QuantisedNetwork, _ name: String) throws -> Artefact {
    try CHeaderEmitter(
      network, name: name, version: "1.0", sourceName: name + ".netspec",
      sourceHash: String(repeating: "0123abcd", count: 8), options: "--weight-bits 16"
    ).emit()
  }

  /// The prefix of the header's functions.
  var prefix: String {
    Identifier(String(header.path.dropFirst("c/".count).dropLast(".h".count))).text
  }
  var text: String { String(decoding: header.contents, as: UTF8.self) }

  static let gcc = ["gcc", "-std=c99"]
  static let clang = ["clang", "-std=c99"]
  static let cxx = ["g++", "-std=c++17", "-x", "c++"]
  static let flags = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]

  /// What a compiled header makes of the inputs.
  struct Outcome {
    var reals: [[Float]] = []
    /// Input words that the header's own function makes of the reals.
    var inputWords: [[Int32]] = []
    var words: [[Int32]] = []
  }

  /// Compiles the header with a small driver, runs it on all steps.
  func run(_ compiler: [String], _ extra: [String] = ["-O1"]) throws -> Outcome {
    try withTemporaryFolder { folder in
      let program = try build(driver, text, compiler, extra, in: folder)
      var data = Data()
      for (row, reset) in zip(inputs, resets) {
        append(&data, [Int32(reset ? 1 : 0)])
        append(&data, network.inputs.map { Float(row[$0]) })
      }
      let result = try execute([program], input: data, in: folder)
      XCTAssertEqual(result.status, 0, result.log)
      return decode(result.output)
    }
  }

  /// Exit status of the self test; the sign of -1 is lost in 255.
  func selfTest(_ text: String, _ compiler: [String] = gcc, _ extra: [String] = ["-O1"]) throws
    -> Int32
  {
    try withTemporaryFolder { folder in
      let source = """
        #define \(prefix.uppercased())_SELFTEST
        #include "net.h"
        int main(void) { return \(prefix)_selftest(); }

        """
      let program = try build(source, text, compiler, extra, in: folder)
      return try execute([program], in: folder).status
    }
  }

  private func build(
    _ source: String, _ header: String, _ compiler: [String], _ extra: [String], in folder: URL
  ) throws -> String {
    try Data(header.utf8).write(to: folder.appendingPathComponent("net.h"))
    try Data(source.utf8).write(to: folder.appendingPathComponent("main.c"))
    let result = try execute(
      compiler + Self.flags + extra + ["main.c", "-o", "program"], in: folder)
    XCTAssertEqual(result.status, 0, "\(header.prefix(80))\n\(result.log.prefix(2000))")
    return folder.appendingPathComponent("program").path
  }

  private func append<Word>(_ data: inout Data, _ words: [Word]) {
    words.withUnsafeBytes { data.append(contentsOf: $0) }
  }

  private func decode(_ data: Data) -> Outcome {
    var outcome = Outcome()
    var offset = 0
    func take<Word>(_ count: Int, _: Word.Type) -> [Word] {
      defer { offset += 4 * count }
      return (0..<count).map { index in
        data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset + 4 * index, as: Word.self) }
      }
    }
    let stepBytes = 4 * (network.inputs.count + 2 * network.outputs.count)
    XCTAssertEqual(data.count, inputs.count * stepBytes)
    guard data.count == inputs.count * stepBytes else { return outcome }
    for _ in inputs {
      outcome.inputWords.append(take(network.inputs.count, Int32.self))
      outcome.reals.append(take(network.outputs.count, Float.self))
      outcome.words.append(take(network.outputs.count, Int32.self))
    }
    return outcome
  }

  private var driver: String {
    let macro = prefix.uppercased()
    return """
      #include "net.h"
      #include <stdio.h>
      int main(void)
      {
        static \(prefix)_state_t real;
        static \(prefix)_q_state_t fixed;
        int32_t reset, i;
        while (fread(&reset, 4, 1, stdin) == 1) {
          float in[\(macro)_INPUTS + 1], out[\(macro)_OUTPUTS];
          int32_t words[\(macro)_INPUTS + 1], results[\(macro)_OUTPUTS];
          if (fread(in, 4, \(macro)_INPUTS, stdin) != \(macro)_INPUTS) return 1;
          if (reset) {
            \(prefix)_reset(&real);
            \(prefix)_q_reset(&fixed);
          }
          for (i = 0; i < \(macro)_INPUTS; ++i) words[i] = \(prefix)_quantise_input(i, in[i]);
          \(prefix)_step(&real, in, out);
          \(prefix)_q_step(&fixed, words, results);
          fwrite(words, 4, \(macro)_INPUTS, stdout);
          fwrite(out, 4, \(macro)_OUTPUTS, stdout);
          fwrite(results, 4, \(macro)_OUTPUTS, stdout);
        }
        return 0;
      }

      """
  }
}
