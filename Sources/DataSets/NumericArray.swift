import Diagnostics
import Numerals

/// Numbers with a shape, row by row: what a file of numpy's format `.npy` holds.
struct NumericArray {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// A GiB of doubles.
  private static let countLimit = 1 << 27

  let shape: [Int]
  let values: [Double]

  /// Reads versions 1 to 3 of the format; what its header leaves open is refused.
  init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    let isLong = bytes.count > 6 && bytes[6] > 1
    let start = isLong ? 12 : 10
    guard bytes.starts(with: Self.magic), bytes.count >= start else {
      throw .badArray("its header is cut off", file)
    }
    guard (1...3).contains(bytes[6]) else {
      throw .badArray("it is of version \(bytes[6]), known are 1 to 3", file)
    }
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - start else { throw .badArray("its header is cut off", file) }
    guard let header = NpyHeader(bytes[start..<start + length]) else {
      throw .badArray("its header is not that of one array", file)
    }
    guard let type = header.type else { throw .arrayType(header.description, file) }
    guard !header.isFortranOrder || header.shape.count < 2 else { throw .fortranOrder(file) }
    var count = 1
    for size in header.shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      guard !overflows, product <= Self.countLimit else {
        throw .badArray(
          "its shape is \(header.shape), at most \(Self.countLimit) numbers are supported", file)
      }
      count = product
    }
    let size = bytes.count - start - length
    guard size == count * type.size else {
      throw .badArray(
        "shape \(header.shape) takes \(count * type.size) bytes, there are \(size)", file)
    }
    shape = header.shape
    values = type.values(
      bytes, in: start + length..<bytes.count, isBigEndian: header.isBigEndian)
  }

  /// Time steps: dimensions are steps, or steps and values, or sequences, steps and values.
  func dataSet(columnCount: Int?, file: String) throws(DiagnosticList) -> DataSet {
    guard (1...3).contains(shape.count) else {
      throw DiagnosticList([.arrayShape(shape, file)])
    }
    let width = shape.count == 1 ? 1 : shape[shape.count - 1]
    let (sequences, steps) = shape.count == 3 ? (shape[0], shape[1]) : (1, shape[0])
    guard width > 0, width == columnCount ?? width else {
      throw DiagnosticList([.arrayWidth(shape, columnCount ?? 1, file)])
    }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw DiagnosticList([.arrayNotFinite(values[index], index, shape, file)])
    }
    var data = DataSet(columnCount: width)
    for sequence in 0..<(steps == 0 ? 0 : sequences) {
      let first = sequence * steps * width
      data.append(
        DataSequence(
          columnCount: width, values: Array(values[first..<first + steps * width]),
          rowStarts: Array(stride(from: 0, to: steps * width, by: width))))
    }
    return data
  }
}

extension Diagnostic {
  fileprivate static func badArray(_ reason: String, _ file: String) -> Self {
    Self(
      id: "bad-array", "the array cannot be read: \(reason)", at: SourceLocation(file: file),
      hint: "write it with numpy.save")
  }

  fileprivate static func arrayType(_ description: String, _ file: String) -> Self {
    Self(
      id: "array-type", "the array is of type \(description)", at: SourceLocation(file: file),
      hint: "save numbers: numpy.save(name, array.astype('float32'))")
  }

  fileprivate static func fortranOrder(_ file: String) -> Self {
    Self(
      id: "array-order", "the array is stored column by column", at: SourceLocation(file: file),
      hint: "save numpy.ascontiguousarray(array)")
  }

  fileprivate static func arrayShape(_ shape: [Int], _ file: String) -> Self {
    Self(
      id: "array-shape", "the array has the shape \(shape)", at: SourceLocation(file: file),
      hint: "shapes are [steps], [steps, values] or [sequences, steps, values]")
  }

  fileprivate static func arrayWidth(_ shape: [Int], _ expected: Int, _ file: String) -> Self {
    Self(
      id: "value-count",
      "the array has the shape \(shape), expected \(expected) in its last dimension",
      at: SourceLocation(file: file))
  }

  fileprivate static func arrayNotFinite(
    _ value: Double, _ index: Int, _ shape: [Int], _ file: String
  ) -> Self {
    var place: [Int] = []
    var rest = index
    for size in shape.reversed() {
      place.insert(rest % size, at: 0)
      rest /= size
    }
    return Self(
      id: "not-finite", "the array holds \(value) at \(place)", at: SourceLocation(file: file))
  }
}
