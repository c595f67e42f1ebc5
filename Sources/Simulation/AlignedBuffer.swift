/// Memory at fixed places without the checks and counts of Swift's arrays.
extension UnsafeMutableBufferPointer {
  /// A copy of an array at the beginning of a cache line.
  static func aligned(_ elements: [Element]) -> Self {
    let room = Swift.max(1, elements.count)
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: room * MemoryLayout<Element>.stride, alignment: 64)
    let start = bytes.bindMemory(to: Element.self, capacity: room)
    let buffer = Self(start: start, count: elements.count)
    _ = buffer.initialize(from: elements)
    return buffer
  }

  /// Where the elements begin; the memory of a model always has a place.
  var start: UnsafeMutablePointer<Element> { baseAddress.unsafelyUnwrapped }
}
