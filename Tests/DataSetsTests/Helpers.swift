import Diagnostics
import Foundation

@testable import DataSets

/// Reads a text as the file `t.csv`.
func read(_ text: String, columns: Int?) throws(DiagnosticList) -> DataSet {
  try DataSetReader(columnCount: columns).read([UInt8](text.utf8), file: "t.csv")
}

/// Sequences of steps of values, nil for a step without values.
func rows(_ data: DataSet) -> [[[Double]?]] {
  data.sequences.map { $0.steps.map { $0.values.map(Array.init) } }
}

/// A new empty folder; the caller removes it.
func temporaryFolder() throws -> String {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("lstmg-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
  return folder.path
}
