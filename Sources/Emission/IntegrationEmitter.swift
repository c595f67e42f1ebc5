import Assets
import Diagnostics
import Lowering

/// Frameworks that a folder is written for on request.
public enum Integration: String, CaseIterable, Sendable {
  case litex, cocotb
}

/// Writes what makes a core a part of other people's frameworks, each in a folder of its name.
public struct IntegrationEmitter: Sendable {
  private let design: HardwareDesign
  private let name: Identifier
  private let provenance: Provenance
  private let assets: AssetLocator

  public init(
    _ design: HardwareDesign, name: Identifier, provenance: Provenance, assets: AssetLocator
  ) {
    self.design = design
    self.name = name
    self.provenance = provenance
    self.assets = assets
  }

  /// Files for a framework; `paths` are those of all others of the folder.
  public func emit(
    _ integration: Integration, paths: [String]
  ) throws(DiagnosticList) -> [Artefact] {
    switch integration {
    case .litex: [try litex(paths)]
    case .cocotb: try cocotb()
    }
  }

  private var banner: String { provenance.banner(prefix: "# ").joined(separator: "\n") }

  private func litex(_ paths: [String]) throws(DiagnosticList) -> Artefact {
    func list(_ ending: String) -> String {
      paths.filter { $0.hasPrefix("rtl/") && $0.hasSuffix(ending) }.sorted()
        .map { "    \"\($0)\"," }.joined(separator: "\n")
    }
    let pins = design.loadsWeights ? Self.flashPins : []
    return Artefact(
      path: "litex/\(name)_litex.py",
      text: try StrictTemplate("litex.py", assets: assets).render([
        "banner": banner, "name": name.text, "class": className, "bits": "\(design.dataBits)",
        "sources": list(".v"), "images": list(".memh"),
        "signals": pins.map { "        self.\($0.name) = Signal()" }.joined(separator: "\n"),
        "ports": pins.map { "            \($0.direction)_\($0.name)=self.\($0.name)," }
          .joined(separator: "\n"),
      ]))
  }

  /// Of a core that loads its weights.
  private static let flashPins: [(direction: String, name: String)] = [
    ("o", "flash_cs_n"), ("o", "flash_sck"), ("o", "flash_mosi"), ("i", "flash_miso"),
    ("o", "load_error"),
  ]

  /// `my_net` becomes `MyNet`.
  private var className: String {
    let words = name.text.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return words.joined() + "Core"
  }

  private func cocotb() throws(DiagnosticList) -> [Artefact] {
    guard !design.loadsWeights else { throw DiagnosticList([.noFlashMemory]) }
    let values = ["banner": banner, "name": name.text]
    return [
      Artefact(
        path: "cocotb/test_\(name).py",
        text: try StrictTemplate("cocotb.py", assets: assets).render(values)),
      Artefact(
        path: "cocotb/Makefile",
        text: try StrictTemplate("cocotb.mk", assets: assets).render(values)),
    ]
  }
}

extension Diagnostic {
  fileprivate static var noFlashMemory: Diagnostic {
    Diagnostic(
      id: "no-flash-memory",
      "the cocotb test has no flash memory, which this core loads its weights from",
      hint: "leave cocotb out of --with, or take --weight-memory block", exitCode: .usage)
  }
}
