import Diagnostics
import Foundation

/// Finds the folders `Templates`, `boards`, `hdl` and `sim`, and reads their files.
///
/// Looked for in this order: the folder that the user named, the environment's `LSTMG_ASSETS`,
/// beside the executable, `../share/lstmg-hdl`, and the resource bundle of a build. A folder that
/// the user named is the only candidate: another one would hide the mistake.
public struct AssetLocator: Sendable {
  /// Variable of the environment that names the folder.
  public static let variable = "LSTMG_ASSETS"
  /// Folders that a complete set of assets has.
  static let folders = ["Templates", "boards", "hdl", "sim"]

  private let candidates: [String]

  public init(
    option: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment,
    executable: URL? = Bundle.main.executableURL
  ) {
    if let option {
      candidates = [option]
    } else if let named = environment[Self.variable], !named.isEmpty {
      candidates = [named]
    } else {
      candidates = Self.places(beside: executable)
    }
  }

  /// The text of an asset, such as `Templates/header.mustache`.
  public func text(_ relativePath: String) throws(DiagnosticList) -> String {
    let path = try root() + "/" + relativePath
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DiagnosticList([.missingAssets(relativePath, tried: [path])])
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Where a folder of assets lies, for tools that read its files themselves.
  public func path(of folder: String) throws(DiagnosticList) -> String {
    try root() + "/" + folder
  }

  /// Paths, relative to `folder`, of all files below it; sorted.
  public func files(in folder: String) throws(DiagnosticList) -> [String] {
    let path = try root() + "/" + folder
    guard let found = FileManager.default.subpaths(atPath: path) else {
      throw DiagnosticList([.missingAssets(folder, tried: [path])])
    }
    return found.filter { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
      return !isFolder.boolValue && !name.split(separator: "/").contains { $0.hasPrefix(".") }
    }.sorted()
  }

  /// Folders with models of our own of a family's cells: those that simulators of the Verilog need
  /// too, and those that only a netlist needs.
  public func cellModels(of family: String) throws(DiagnosticList) -> [String] {
    let files = try files(in: "hdl")
    let root = try path(of: "hdl")
    return ["sim", "netlist"].map { "\(family)/\($0)" }
      .filter { folder in files.contains { $0.hasPrefix(folder + "/") } }
      .map { "\(root)/\($0)" }
  }

  /// The first candidate that has every folder.
  func root() throws(DiagnosticList) -> String {
    for candidate in candidates where Self.isComplete(candidate) { return candidate }
    throw DiagnosticList([
      .missingAssets(
        "folders \(Self.folders.joined(separator: ", "))", tried: candidates)
    ])
  }

  private static func isComplete(_ candidate: String) -> Bool {
    folders.allSatisfy { folder in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(
        atPath: candidate + "/" + folder, isDirectory: &isFolder) && isFolder.boolValue
    }
  }

  /// `Bundle.module` would end the program where the bundle is missing, so the bundle that SwiftPM
  /// puts beside what it builds is looked for by its name.
  private static func places(beside executable: URL?) -> [String] {
    let main = Bundle.main.bundleURL.path
    guard let executable else { return [main + "/lstmg-hdl_Assets.resources"] }
    let folder = executable.resolvingSymlinksInPath().deletingLastPathComponent()
    var places = [
      folder.path,
      folder.deletingLastPathComponent().appendingPathComponent("share/lstmg-hdl").path,
      folder.appendingPathComponent("lstmg-hdl_Assets.resources").path,
    ]
    // A test runs inside another executable; its bundle is what lies beside the resources.
    if main != folder.path { places.append(main + "/lstmg-hdl_Assets.resources") }
    return places
  }
}

extension Diagnostic {
  fileprivate static func missingAssets(_ wanted: String, tried: [String]) -> Diagnostic {
    Diagnostic(
      id: "missing-assets", "cannot find \(wanted) of lstmg-hdl",
      notes: tried.map { Note("tried \($0)") },
      hint: "set \(AssetLocator.variable) to the folder that holds"
        + " \(AssetLocator.folders.joined(separator: ", "))",
      exitCode: .internalError)
  }
}
