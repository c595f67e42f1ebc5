import Emission
import Foundation

/// What a design has otherwise than a folder that was generated before, contents of memories aside.
struct DesignDifferences {
  /// Figures that differ, then places in files: some of each.
  let notes: [String]
  var isEmpty: Bool { notes.isEmpty }

  private static let limit = 6

  /// The artefacts claim to come from the folder's manifest.
  init(_ manifest: Manifest, _ compiled: CompiledDesign, _ artefacts: [Artefact], folder: String) {
    let figures = Self.figures(manifest.design, DesignReport(compiled.design))
    let sources = artefacts.filter { Self.isSource($0.path, compiled.name) }
    let files = sources.compactMap { Self.difference($0, folder) }
    let gone = Set(manifest.files.filter { Self.isSource($0, compiled.name) })
      .subtracting(sources.map(\.path)).sorted().map { "\($0) is not among the files now" }
    // Figures explain differences of files; alone they do not matter.
    notes =
      files.isEmpty && gone.isEmpty
      ? [] : Array(figures.prefix(Self.limit)) + (files + gone).prefix(Self.limit)
  }

  /// Whether tools read the file, and not for contents of memories alone.
  private static func isSource(_ path: String, _ name: Identifier) -> Bool {
    (path.hasPrefix("rtl/") || path.hasPrefix(BoardEmitter.folder + "/"))
      && !path.hasSuffix(".memh") && path != VerilogEmitter.memoryFile(name)
  }

  /// The first line that differs; comments, which name lines of the netSpec, do not count.
  private static func difference(_ artefact: Artefact, _ folder: String) -> String? {
    guard let data = FileManager.default.contents(atPath: folder + "/" + artefact.path) else {
      return "\(artefact.path) is missing"
    }
    guard [UInt8](data) != artefact.contents else { return nil }
    let old = lines(String(decoding: data, as: UTF8.self))
    let new = lines(String(decoding: artefact.contents, as: UTF8.self))
    let pairs = zip(old, new).first { $0.0.text != $0.1.text }
    if let (old, new) = pairs {
      return "\(artefact.path), line \(new.number): '\(new.text)', was '\(old.text)'"
    }
    return old.count == new.count
      ? nil : "\(artefact.path) has \(new.count) lines of code, was \(old.count)"
  }

  /// Lines with anything but a comment, numbered from one.
  private static func lines(_ text: String) -> [(number: Int, text: String)] {
    text.components(separatedBy: "\n").enumerated().compactMap { index, line in
      let code = line.components(separatedBy: "//")[0].trimmingCharacters(in: .whitespaces)
      return code.isEmpty || code.hasPrefix("# ") ? nil : (index + 1, code)
    }
  }

  /// Numbers and words of the reports that differ, by their path.
  private static func figures(_ old: DesignReport, _ new: DesignReport) -> [String] {
    let (old, new) = (flat(old), flat(new))
    return Set(old.keys).union(new.keys).sorted().compactMap { key in
      let (before, now) = (old[key] ?? "none", new[key] ?? "none")
      return before == now ? nil : "\(key): \(now), was \(before)"
    }
  }

  private static func flat(_ report: DesignReport) -> [String: String] {
    guard let data = try? JSONEncoder().encode(report),
      let object = try? JSONSerialization.jsonObject(with: data)
    else { preconditionFailure("a report holds nothing but finite numbers and text") }
    var figures: [String: String] = [:]
    func visit(_ value: Any, _ path: String) {
      switch value {
      case let fields as [String: Any]:
        for (key, field) in fields { visit(field, path.isEmpty ? key : "\(path).\(key)") }
      case let list as [Any]:
        for (index, element) in list.enumerated() { visit(element, "\(path)[\(index)]") }
      default: figures[path] = "\(value)"
      }
    }
    visit(object, "")
    return figures
  }
}
