import Lowering

/// A program's arrays and its words, at fixed places.
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
    inputs = Buffer.aligned(network.inputs.map(Int32.init))
    levels = Buffer.aligned(program.levels)
    blocks = Buffer.aligned(program.blocks.blocks)
    sources = Buffer.aligned(program.blocks.sources)
    weights = Buffer.aligned(program.blocks.weights)
    gates = Buffer.aligned(program.gates)
    runs = Buffer.aligned(program.runs)
    cells = Buffer.aligned(program.cells)
    addends = Buffer.aligned(program.addends)
    shapes = Buffer.aligned(program.shapes)
    segments = Buffer.aligned(
      zip(table.bases, table.slopes).map { SIMD2($0 << Int64(table.slopeFractionBits), $1) })
    lines = Buffer.aligned(GateEvaluator.lines(table))
    words = Buffer.aligned([Int64](repeating: 0, count: 2 * count))
    factors = Buffer.aligned([Double](repeating: 0, count: 2 * count))
    sums = Buffer.aligned([Double](repeating: 0, count: program.blocks.resultCount))
    states = Buffer.aligned(network.initialStates)
    wides = Buffer.aligned([Int64](repeating: 0, count: count))
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
}
