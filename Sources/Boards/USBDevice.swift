/// What a USB device calls itself: vendor and product, four hexadecimal digits each.
public struct USBDevice: Hashable, Decodable, Sendable, CustomStringConvertible {
  /// In lower case, as udev has them.
  public let vendor: String
  public let product: String

  public var description: String { "\(vendor):\(product)" }

  /// Nil unless it is `vendor:product`.
  public init?(_ text: String) {
    let parts = text.lowercased().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count == 4 && UInt16($0, radix: 16) != nil })
    else { return nil }
    vendor = String(parts[0])
    product = String(parts[1])
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let device = Self(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no vendor:product, such as \"0403:6010\"")
    }
    self = device
  }
}
