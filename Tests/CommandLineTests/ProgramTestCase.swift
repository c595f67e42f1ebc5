import Foundation
import GoldenCases
import XCTest

/// A test case that runs the built program in a folder of its own.
class ProgramTestCase: XCTestCase {
  /// What one run of the program did.
  struct Run {
    let status: Int32
    let output: String
    let error: String

    /// Lines on standard error.
    var errorLines: [String] { error.split(separator: "\n").map(String.init) }
  }

  private(set) var folder = URL(fileURLWithPath: "/")

  override func setUpWithError() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lstmg-hdl-test-" + UUID().uuidString)
    for name in ["work", "temporary"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
  }

  override func tearDownWithError() throws { try FileManager.default.removeItem(at: folder) }

  /// Where the program runs.
  var work: URL { folder.appendingPathComponent("work") }
  /// What the program takes for the folder of temporary files.
  var temporary: URL { folder.appendingPathComponent("temporary") }

  /// The program beside the test bundle.
  static let program: URL = {
    var place = Bundle(for: ProgramTestCase.self).bundleURL
    while place.path != "/" {
      let candidate = place.appendingPathComponent("lstmg-hdl")
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder),
        !isFolder.boolValue
      {
        return candidate
      }
      place.deleteLastPathComponent()
    }
    preconditionFailure("the program is not beside the tests")
  }()

  /// A process of the program, not yet started.
  func process(_ arguments: [String], environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = work
    var variables = ProcessInfo.processInfo.environment
    variables["TMPDIR"] = temporary.path
    // Kept between tests, because Verilator's runtime takes seconds to compile.
    variables["LSTMG_CACHE"] =
      FileManager.default.temporaryDirectory.path + "/lstmg-hdl-test-cache-\(getuid())"
    variables.merge(environment) { _, new in new }
    process.environment = variables
    return process
  }

  /// Runs the program to its end.
  func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Run {
    let process = process(arguments, environment: environment)
    // Files, not pipes: nothing can block however much is written.
    let names = ["stdin", "stdout", "stderr"].map(folder.appendingPathComponent)
    try Data(input).write(to: names[0])
    for name in names.dropFirst() { try Data().write(to: name) }
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: try String(contentsOf: names[1], encoding: .utf8),
      error: try String(contentsOf: names[2], encoding: .utf8))
  }

  /// Runs the program, which must succeed, and returns what it printed.
  @discardableResult
  func succeed(
    _ arguments: [String], file: StaticString = #filePath, line: UInt = #line
  ) throws -> String {
    let process = process(arguments)
    let output = Pipe()
    let log = folder.appendingPathComponent("log")
    try Data().write(to: log)
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let complaint = try String(contentsOf: log, encoding: .utf8)
    XCTAssertEqual(process.terminationStatus, 0, complaint, file: file, line: line)
    return String(decoding: data, as: UTF8.self)
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: work.appendingPathComponent(name))
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: work.appendingPathComponent(name), encoding: .utf8)
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: work.appendingPathComponent(name).path)
  }

  /// Every file below a folder with its contents, by relative path.
  func files(below name: String) throws -> [String: Data] {
    let root = work.appendingPathComponent(name)
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
      let url = root.appendingPathComponent(path)
      if !url.hasDirectoryPath, let data = try? Data(contentsOf: url) { files[path] = data }
    }
    return files
  }

  /// What is in the work folder beside the files that a test put there itself.
  func names(in url: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  /// The object that a JSON text is.
  func object(
    _ text: String, file: StaticString = #filePath, line: UInt = #line
  ) throws -> [String: Any] {
    try XCTUnwrap(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], text, file: file,
      line: line)
  }
}
