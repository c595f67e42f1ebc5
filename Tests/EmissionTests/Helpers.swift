import Diagnostics
import Foundation
import XCTest

/// A folder that exists while `body` runs.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("emission-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

struct ProgramResult {
  let status: Int32
  let output: Data
  let log: String
}

/// Runs a program and waits; a program that is not there is a failure of the test, not a skip.
func execute(_ command: [String], input: Data = Data(), in folder: URL) throws -> ProgramResult {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = command
  process.currentDirectoryURL = folder
  let unique = UUID().uuidString
  let files = ["in", "out", "log"].map { folder.appendingPathComponent("\($0)-\(unique)") }
  try input.write(to: files[0])
  for file in files.dropFirst() { try Data().write(to: file) }
  process.standardInput = try FileHandle(forReadingFrom: files[0])
  process.standardOutput = try FileHandle(forWritingTo: files[1])
  process.standardError = try FileHandle(forWritingTo: files[2])
  try process.run()
  process.waitUntilExit()
  return ProgramResult(
    status: process.terminationStatus, output: try Data(contentsOf: files[1]),
    log: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
}

/// The diagnostics that `body` throws.
func diagnostics(of body: () throws -> Void) -> [Diagnostic] {
  do {
    try body()
    return []
  } catch let list as DiagnosticList {
    return list.diagnostics
  } catch {
    XCTFail("\(error)")
    return []
  }
}
