import Diagnostics

/// Numbers in lists of lists of equal lengths, as JSON holds a tensor.
struct NestedNumbers: Decodable, Sendable {
  let shape: [Int]
  let values: [Double]

  init(from decoder: any Decoder) throws {
    if let row = try? [Double](from: decoder) {
      shape = [row.count]
      values = row
    } else if let number = try? Double(from: decoder) {
      shape = []
      values = [number]
    } else {
      let parts = try [NestedNumbers](from: decoder)
      let inner = parts.first?.shape ?? []
      guard parts.allSatisfy({ $0.shape == inner }) else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "lists of unequal lengths"))
      }
      shape = [parts.count] + inner
      values = parts.flatMap(\.values)
    }
  }

  func tensor(_ name: String, file: String) throws(Diagnostic) -> Tensor {
    try Tensor(name, shape: shape, values, file: file)
  }
}
