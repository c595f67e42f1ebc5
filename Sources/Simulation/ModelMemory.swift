import Lowering

/// A program's arrays and its words, at fixed places without the checks and counts of Swift's arrays.
final class ModelMemory {
  typealias Buffer<Element> = UnsafeMutableBufferPointer<Element>

  let inputs: Buffer<Int32>
  let levels: Buffer<ModelProgram.Level>
  let blocks: Buffer<DotProductBlocks.Block>
  let sources: Buffer<Int32>
  let weights: Buffer<Double>
  let gates: Buffer<GateVector>
  let runs: Buffer<ModelProgram.Run>
  let cells: Buffer<ModelProgram.CellPlace>
  let addends: Buffer<AddendPlace>
  let shapes: Buffer<AddendShape>
  /// Base, moved to the unit of a product, and slope of every segment of the table.
  let segments: Buffer<SIMD2<Int64>>
  /// The same for gates.
  let lines: Buffer<SIMD2<Double>>

  /// Value words of two steps, as integers and as factors.
  let words: Buffer<Int64>
  let factors: Buffer<Double>
  let sums: Buffer<Double>
  let states: Buffer<Int64>
  let wides: Buffer<Int64>

  init(_ program: ModelProgram, _ network: QuantisedNetwork) {
    let table = network.plan.table
    // One more, which gates write that are none.
    let count = network.initialValues.count + 1
    inputs = Self.copy(of: network.inputs.map(Int32.init))
    levels = Self.copy(of: program.levels)
    blocks = Self.copy(of: program.blocks.blocks)
    sources = Self.copy(of: program.blocks.sources)
    weights = Self.copy(of: program.blocks.weights)
    gates = Self.copy(of: program.gates)
    runs = Self.copy(of: program.runs)
    cells = Self.copy(of: program.cells)
    addends = Self.copy(of: program.addends)
    shapes = Self.copy(of: program.shapes)
    segments = Self.copy(
      of: zip(table.bases, table.slopes).map { SIMD2($0 << Int64(table.slopeFractionBits), $1) })
    lines = Self.copy(of: GateEvaluator.lines(table))
    words = Self.copy(of: [Int64](repeating: 0, count: 2 * count))
    factors = Self.copy(of: [Double](repeating: 0, count: 2 * count))
    sums = Self.copy(of: [Double](repeating: 0, count: program.blocks.resultCount))
    states = Self.copy(of: network.initialStates)
    wides = Self.copy(of: [Int64](repeating: 0, count: count))
    sums[program.blocks.one] = Double(1 << (network.plan.activationBits - 1))
  }

  deinit {
    inputs.deallocate()
    levels.deallocate()
    blocks.deallocate()
    sources.deallocate()
    weights.deallocate()
    gates.deallocate()
    runs.deallocate()
    cells.deallocate()
    addends.deallocate()
    shapes.deallocate()
    segments.deallocate()
    lines.deallocate()
    words.deallocate()
    factors.deallocate()
    sums.deallocate()
    states.deallocate()
    wides.deallocate()
  }

  /// A copy of an array at the beginning of a cache line.
  private static func copy<Element>(of elements: [Element]) -> Buffer<Element> {
    let room = max(1, elements.count)
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: room * MemoryLayout<Element>.stride, alignment: 64)
    let start = bytes.bindMemory(to: Element.self, capacity: room)
    let buffer = Buffer(start: start, count: elements.count)
    _ = buffer.initialize(from: elements)
    return buffer
  }
}

extension UnsafeMutableBufferPointer {
  /// Where the elements begin; the memory of a model always has a place.
  var start: UnsafeMutablePointer<Element> { baseAddress.unsafelyUnwrapped }
}
