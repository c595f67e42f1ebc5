import Assets
import Diagnostics

/// Writes the FuseSoC core description (CAPI 2) of a generated core.
public struct FuseSoCEmitter: Sendable {
  private let name: Identifier
  private let provenance: Provenance
  private let assets: AssetLocator

  public init(name: Identifier, provenance: Provenance, assets: AssetLocator) {
    self.name = name
    self.provenance = provenance
    self.assets = assets
  }

  /// The file `NAME.core`, for Verilog files and memory images given by their paths.
  public func emit(sources: [String], memories: [String]) throws(DiagnosticList) -> Artefact {
    let text = try StrictTemplate("fusesoc.core", assets: assets).render([
      "banner": provenance.banner(prefix: "# ").joined(separator: "\n"),
      "name": name.text,
      "version": provenance.version,
      "sources": sources.map { "      - \($0)" }.joined(separator: "\n"),
      // Tools find the images by their bare names, in the folder they run in.
      "memories": memories.map { path in
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return "      - \(path): {copyto: \(file)}"
      }.joined(separator: "\n"),
    ])
    return Artefact(path: "\(name).core", text: text)
  }
}
