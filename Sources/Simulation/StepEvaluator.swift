import FixedPoint
import Lowering

/// One step of a `ModelProgram` on its memory.
struct StepEvaluator {
  private(set) var saturations = SaturationCounts()
  private let memory: ModelMemory
  private let plan: StepPlan
  /// Words of this step and of the previous one, which change places.
  private var words: UnsafeMutablePointer<Int64>
  private var previousWords: UnsafeMutablePointer<Int64>
  private var factors: UnsafeMutablePointer<Double>
  private var previousFactors: UnsafeMutablePointer<Double>

  init(_ memory: ModelMemory, _ plan: FormatPlan) {
    self.memory = memory
    self.plan = StepPlan(plan, memory)
    let count = memory.wides.count
    (words, previousWords) = (memory.words.start, memory.words.start + count)
    (factors, previousFactors) = (memory.factors.start, memory.factors.start + count)
  }

  mutating func step(_ inputs: UnsafeBufferPointer<Int32>) {
    swapSteps()
    for (place, word) in inputs.enumerated() { write(word, to: Int(memory.inputs[place])) }
    for level in memory.levels {
      for block in level.blocks { form(memory.blocks[block]) }
      evaluateGates(level.logistic, isTanh: false)
      evaluateGates(level.tanh, isTanh: true)
      for run in level.runs {
        let run = memory.runs[run]
        switch run.function {
        case .logistic: evaluate(run, plan.logistic)
        case .tanh: evaluate(run, plan.tanh)
        case .identity: evaluate(run, plan.identity)
        case .relu: evaluate(run, plan.rectifier)
        }
      }
    }
  }

  mutating func swapSteps() {
    swap(&words, &previousWords)
    swap(&factors, &previousFactors)
  }

  func word(_ value: Int) -> Int32 { Int32(truncatingIfNeeded: words[value]) }

  func write(_ word: Int32, to value: Int) {
    words[value] = Int64(word)
    factors[value] = Double(word)
  }

  // MARK: - Sums

  @inline(__always)
  private func form(_ block: DotProductBlocks.Block) {
    switch block.width {
    case 16: form(block, SIMD16<Double>.self)
    case 8: form(block, SIMD8<Double>.self)
    case 4: form(block, SIMD4<Double>.self)
    default: form(block, SIMD2<Double>.self)
    }
  }

  @inline(__always)
  private func form<Vector: SIMD<Double>>(_ block: DotProductBlocks.Block, _: Vector.Type) {
    let sources = memory.sources.start
    var row = UnsafeRawPointer(memory.weights.start + block.weights)
    var total = Vector(repeating: 0)
    for source in block.current {
      total += row.load(as: Vector.self) * factors[Int(sources[source])]
      row += MemoryLayout<Vector>.stride
    }
    for source in block.previous {
      total += row.load(as: Vector.self) * previousFactors[Int(sources[source])]
      row += MemoryLayout<Vector>.stride
    }
    UnsafeMutableRawPointer(memory.sums.start + block.results)
      .storeBytes(of: total, as: Vector.self)
  }

  // MARK: - Gates

  @inline(__always)
  private mutating func evaluateGates(_ gates: Range<Int>, isTanh: Bool) {
    guard !gates.isEmpty else { return }
    let (words, factors, wides) = (words, factors, memory.wides.start)
    let sums = memory.sums.start
    let evaluator = plan.gates
    var states = SIMD4<Double>(repeating: 0)
    var arguments = states
    for index in gates {
      let gate = memory.gates[index]
      let sum = SIMD4(
        sums[Int(gate.sums[0])], sums[Int(gate.sums[1])], sums[Int(gate.sums[2])],
        sums[Int(gate.sums[3])])
      let wide = evaluator.wideStates(sum, gate, &states)
      let result =
        isTanh ? evaluator.tanh(wide, &arguments) : evaluator.logistic(wide, &arguments)
      let integers = unsafeBitCast(result + Rounding.integer, to: SIMD4<Int64>.self)
      let wideIntegers = unsafeBitCast(wide + Rounding.integer, to: SIMD4<Int64>.self)
      for lane in 0..<4 {
        let value = Int(gate.values[lane])
        factors[value] = result[lane]
        words[value] = integers[lane] &- 0x4338_0000_0000_0000
        wides[value] = wideIntegers[lane] &- 0x4338_0000_0000_0000
      }
    }
    saturations.state += Int(states.sum())
    saturations.argument += Int(arguments.sum())
  }

  // MARK: - Cells

  @inline(__always)
  private mutating func evaluate<Function: OutputFunction>(
    _ run: ModelProgram.Run, _ function: Function
  ) {
    let shift = Alignment(left: 0, right: run.shift)
    let (wides, words, factors) = (memory.wides.start, words, factors)
    let cells = memory.cells.start + run.cells
    let shapes = memory.shapes.start + run.shapes
    let summed = run.addendCount - (run.hasBias ? 1 : 0)
    var addend = memory.addends.start + run.addends
    var (states, results) = (0, 0)
    for index in 0..<run.count {
      let cell = cells[index]
      let value = Int(cell.value)
      var total: Int64 = 0
      for place in 0..<summed {
        let shape = shapes[place]
        let gain = word(shape.gaterBase, addend.pointee.gater)
        total &+= operand(shape, addend.pointee) &* gain
        addend += 1
      }
      let sum = (total &+ plan.gainHalf) &>> plan.gainShift
      let wide = StepPlan.limit(sum, plan.wideTop)
      states &+= wide == sum ? 0 : 1
      if run.hasState {
        memory.states[Int(cell.state)] = StepPlan.limit(plan.stateAlignment(wide), plan.stateTop)
      }
      if run.isNode { wides[value] = wide }
      var biased = wide
      if run.hasBias {
        biased &+= operand(shapes[summed], addend.pointee)
        addend += 1
      }
      let rounded = shift(function.rectified(biased))
      let limited = StepPlan.limit(rounded, function.top)
      results &+= limited == rounded ? 0 : 1
      let word = function.word(limited)
      words[value] = word
      factors[value] = Double(word)
    }
    saturations.state += states
    if Function.hasArgument {
      saturations.argument += results
    } else {
      saturations.linear += results
    }
  }

  @inline(__always)
  private func operand(_ shape: AddendShape, _ addend: AddendPlace) -> Int64 {
    Alignment(shape)(word(shape.base, addend.index)) &+ addend.constant
  }

  @inline(__always)
  private func word(_ base: WordBase, _ place: Int32) -> Int64 {
    switch base {
    case .sums:
      Int64(bitPattern: (memory.sums[Int(place)] + Rounding.integer).bitPattern)
        &- 0x4338_0000_0000_0000
    case .current: words[Int(place)]
    case .previous: previousWords[Int(place)]
    case .states: memory.states[Int(place)]
    }
  }
}
