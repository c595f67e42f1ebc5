import Diagnostics
import Foundation

/// Finds tools in the folders of a search path.
public struct ToolLocator: Sendable {
  private let folders: [String]

  /// Looks into the folders of `searchPath`, separated by colons; by default those of `PATH`.
  public init(searchPath: String? = nil) {
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

  private func find(_ tool: Tool) -> String? {
    folders.lazy.map { $0 + "/" + tool.rawValue }.first(where: isProgram)
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
