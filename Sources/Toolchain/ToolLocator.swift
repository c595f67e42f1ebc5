import Diagnostics
import Foundation

/// Finds tools in the folders of a search path: a native program first, then the one of a package of
/// PyPI, in these folders or in the environment that `Scripts/fpga-tools` makes.
public struct ToolLocator: Sendable {
  private let folders: [String]
  private let environment: String?

  /// Looks into the folders of `searchPath`, separated by colons; by default those of `PATH`.
  /// `environment` is the folder with programs of an environment of Python.
  public init(searchPath: String? = nil, environment: String? = nil) {
    self.environment = environment
    let path = searchPath ?? ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    // An empty entry means the current folder, where no tool should be taken from.
    folders = path.split(separator: ":").map(String.init)
  }

  /// The first file of that name that may be run.
  public func path(of tool: Tool) throws(Diagnostic) -> String {
    guard let path = find(tool) else { throw .missing(tool) }
    return path
  }

  /// The C++ compiler to use: `g++`, or `clang++` where there is none.
  public func cxxCompiler() throws(Diagnostic) -> Tool {
    if find(.gxx) != nil { return .gxx }
    if find(.clangxx) != nil { return .clangxx }
    throw .missing(.gxx)
  }

  /// The C compiler to use: `gcc`, or else `cc` or `clang`.
  public func cCompiler() throws(Diagnostic) -> Tool {
    for tool in [Tool.gcc, .cc, .clang] where find(tool) != nil { return tool }
    throw .missing(.gcc)
  }

  /// Where it is; nil if it is nowhere.
  public func find(_ tool: Tool) -> String? {
    if let path = find(tool.rawValue, folders) { return path }
    return packaged(tool)
  }

  /// The program of a package of PyPI; nil if it is not installed or there is none.
  public func packaged(_ tool: Tool) -> String? {
    tool.packaged.flatMap { find($0.program, folders + (environment.map { [$0] } ?? [])) }
  }

  private func find(_ name: String, _ folders: [String]) -> String? {
    folders.lazy.map { $0 + "/" + name }.first(where: isProgram)
  }

  private func isProgram(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: path)
  }
}

extension Diagnostic {
  fileprivate static func missing(_ tool: Tool) -> Self {
    Self(
      id: "missing-tool", "\(tool.rawValue) is not installed, or not in a folder of PATH",
      hint: tool.installLine, exitCode: .toolMissing)
  }
}
