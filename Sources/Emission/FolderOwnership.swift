import Diagnostics
import Foundation

/// Tells what lies in a generated folder and was not written by this program, nor made from what it wrote
/// by the folder's own Makefiles and scripts.
struct FolderOwnership {
  /// What the manifest of a generated folder contains, and no other file of that name.
  static let schema = ArtefactWriter.schema
  /// Folders that hold nothing but what can be made again.
  private static let products: Set = ["build", "__pycache__"]
  private static let waves = [".vcd", ".fst"]

  private struct Manifest: Decodable {
    let schema: String
    let files: [String]?
  }

  private let ours: Set<String>

  /// Nil for a folder without our mark. `artefacts` are about to be written.
  init?(manifest: Data?, artefacts: [Artefact]) {
    guard let manifest, let listed = try? JSONDecoder().decode(Manifest.self, from: manifest),
      listed.schema == Self.schema
    else { return nil }
    ours = Set(artefacts.map(\.path) + (listed.files ?? []) + [ArtefactWriter.mark])
  }

  /// The first file of a folder, by name, that somebody else has put there.
  func foreign(in folder: String) -> String? {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.sorted().first { name in
      var isFolder: ObjCBool = false
      let path = folder + "/" + name
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
        let entries = try? FileManager.default.contentsOfDirectory(atPath: path)
        return entries?.isEmpty == true && !isOurs(folder: name)
      }
      return !isOurs(file: name)
    }
  }

  private func isOurs(file name: String) -> Bool {
    if ours.contains(name) || isProduct(name) { return true }
    // A program beside its source, and waves of the simulation.
    return ours.contains(name + ".c")
      || (name.hasPrefix("sim/") && Self.waves.contains { name.hasSuffix($0) })
  }

  private func isOurs(folder name: String) -> Bool {
    isProduct(name) || ours.contains { $0.hasPrefix(name + "/") }
  }

  private func isProduct(_ name: String) -> Bool {
    name.split(separator: "/").contains { Self.products.contains(String($0)) }
  }
}
