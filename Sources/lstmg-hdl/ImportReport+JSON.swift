import Compilation
import Importing
import Verification

extension ImportReport {
  /// `schema`, `command`, what was found, and `check` where one was asked for.
  var json: String { JSONText.object(Body(self)) }

  private struct Body: Encodable {
    let schema = Manifest.schema
    let command = "import"
    let file, format: String
    let layers: [LayerBody]
    let remarks: [String]
    let parameters, nodes, connections, inputs, outputs, constants: Int
    let output: String?
    let check: CheckBody?

    init(_ report: ImportReport) {
      let imported = report.imported
      file = report.file
      format = imported.format.rawValue
      layers = imported.layers.map(LayerBody.init)
      remarks = imported.remarks
      parameters = imported.parameterCount
      nodes = imported.network.nodeCount
      connections = imported.network.connections.count
      inputs = imported.network.inputCount
      outputs = imported.network.outputCount
      constants = imported.constantCount
      output = report.check?.passes ?? true ? report.output : nil
      check = report.check.map(CheckBody.init)
    }
  }

  private struct LayerBody: Encodable {
    struct TensorBody: Encodable {
      let name: String
      let shape: [Int]
    }

    let name, kind: String
    let inputs, units: Int
    let gateOrder: String?
    let functions: [String: String]
    let tensors: [TensorBody]
    let remarks: [String]

    init(_ layer: Layer) {
      name = layer.origin.name
      kind = LayerText.kind(layer)
      inputs = layer.inputCount
      units = layer.unitCount
      gateOrder = layer.origin.gateOrder
      functions = Dictionary(
        uniqueKeysWithValues: LayerText.functions(layer).map { ($0.role, $0.function) })
      tensors = layer.origin.tensors.map { TensorBody(name: $0.name, shape: $0.shape) }
      remarks = layer.origin.remarks
    }
  }

  private struct CheckBody: Encodable {
    struct Part: Encodable {
      let maxAbsError, rmsError: Double
      let worst: ErrorMeasure.Place?
      let sameLargest: Int?

      init(_ error: ErrorMeasure, _ sameLargest: Int?) {
        maxAbsError = error.largest
        rmsError = error.rootMeanSquare
        worst = error.worst
        self.sameLargest = sameLargest
      }
    }

    let steps, sequences, rows: Int
    let tolerance: Double
    let passes: Bool
    let imported, quantised: Part
    let saturations, weightBits, activationBits: Int
    let state: String
    let inputRange: [Double]

    init(_ check: ImportCheck) {
      steps = check.steps
      sequences = check.sequences
      rows = check.rows
      tolerance = check.tolerance
      passes = check.passes
      imported = Part(check.imported, check.sameClass?.imported)
      quantised = Part(check.quantised, check.sameClass?.quantised)
      saturations = check.saturations.total
      weightBits = check.formats.weightBits
      activationBits = check.formats.activationBits
      state = "\(check.formats.state)"
      inputRange = [check.inputRange.lowerBound, check.inputRange.upperBound]
    }
  }
}
