import Diagnostics
import Foundation

/// A synthesised core: the cells of its family's library that it is made of.
public struct Netlist: Sendable {
  public struct Cell: Hashable, Sendable {
    public let name: String
    public let type: String
    /// As yosys writes them: a text, or a number as binary digits.
    public let parameters: [String: String]

    /// A parameter that is a text, such as `OUTREG`.
    public func text(_ parameter: String) -> String? {
      parameters[parameter]?.trimmingCharacters(in: .whitespaces)
    }

    /// A parameter that is a number; nil if there is none or a bit of it is unknown.
    public func number(_ parameter: String) -> Int? {
      parameters[parameter].flatMap { Int($0, radix: 2) }
    }
  }

  /// Those of the top module, sorted by name; modules that synthesis keeps are cells themselves.
  public let cells: [Cell]

  /// Reads what `write_json` of yosys writes about a design that is flattened but for modules to be kept.
  init(json: [UInt8], top: String) throws(Diagnostic) {
    do {
      let file = try JSONDecoder().decode(File.self, from: Data(json))
      guard let module = file.modules[top] else { throw Unreadable.withoutModule(top) }
      cells = module.cells.map { name, cell in
        Cell(name: name, type: cell.type, parameters: cell.parameters.mapValues(\.text))
      }.sorted { $0.name < $1.name }
    } catch {
      throw Diagnostic(
        id: "tool-failed", "the netlist of yosys cannot be read: \(error)", exitCode: .checkFailed)
    }
  }

  /// The cells of one type.
  public func cells(_ type: String) -> [Cell] { cells.filter { $0.type == type } }

  private enum Unreadable: Error { case withoutModule(String) }

  private struct File: Decodable {
    let modules: [String: Module]
  }
  private struct Module: Decodable {
    let cells: [String: Body]
  }
  private struct Body: Decodable {
    let type: String
    let parameters: [String: Parameter]
  }
  /// Some versions write small numbers as such.
  private struct Parameter: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        text = String(number, radix: 2)
      } else {
        text = try container.decode(String.self)
      }
    }
  }
}
