/// What `network.toJSON()` of Synaptic writes; traces, which only learning needs, are left out.
struct SynapticFile: Decodable {
  struct Neuron: Decodable {
    /// Where a neuron stands: `"input"`, the number of a hidden layer, or `"output"`.
    enum Layer: Decodable, Comparable {
      case input
      case hidden(Int)
      case output

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
          self = .hidden(number)
          return
        }
        let word = try container.decode(String.self)
        switch word {
        case "input": self = .input
        case "output": self = .output
        default:
          guard let number = Int(word) else {
            throw DecodingError.dataCorruptedError(
              in: container, debugDescription: "a layer is input, output or a number")
          }
          self = .hidden(number)
        }
      }
    }

    let state: Double
    let activation: Double
    let bias: Double
    let layer: Layer
    let squash: String?
  }

  struct Connection: Decodable {
    let from: Int
    let to: Int
    let weight: Double
    let gater: Int?
  }

  let neurons: [Neuron]
  let connections: [Connection]
}
