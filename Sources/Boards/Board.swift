/// What is known of a board: pins, clocks, names that tools have for it. Data of `boards/`, one file a
/// board.
public struct Board: Hashable, Codable, Sendable {
  /// The oscillator.
  public struct Clock: Hashable, Codable, Sendable {
    public let pin: String
    /// Megahertz.
    public let mhz: Int
    /// Megahertz of the core where place and route cannot tell how fast it may be.
    public let core: Double?
  }

  /// The serial line to the host.
  public struct UART: Hashable, Codable, Sendable {
    public let fromHost: String
    public let toHost: String
    /// Bits a second.
    public let baud: Int
  }

  /// The button that resets everything.
  public struct Button: Hashable, Codable, Sendable {
    public let pin: String
    public let activeLow: Bool
    /// Whether the pin needs a pull-up of the device.
    public let pullUp: Bool?
  }

  public struct LEDs: Hashable, Codable, Sendable {
    public let activity: String
    public let error: String
    public let activeLow: Bool
  }

  /// Pins of the configuration memory.
  public struct Flash: Hashable, Codable, Sendable {
    public let select: String
    public let clock: String
    public let toFlash: String
    public let fromFlash: String
  }

  /// What `--board` calls it: the name of its file.
  public internal(set) var name: String
  /// What people call it.
  public let title: String
  /// A device by the name that `--device` has for it.
  public let device: String
  public let clock: Clock
  public let uart: UART
  public let button: Button
  public let leds: LEDs
  public let flash: Flash?
  /// Electrical standard of the pins, where constraints name one.
  public let standard: String?
  /// Options of nextpnr that name the device.
  public let placement: [String]?
  /// Options of the program that makes the bitstream.
  public let packing: [String]?
  /// What Vivado calls the device.
  public let part: String?
  /// Options of openFPGALoader that name the board.
  public let loader: [String]
  /// Whether openFPGALoader reaches nothing but the flash memory that the device starts from.
  public let loadsFlashOnly: Bool?
  /// USB chips that the loader talks to. Not encoded: a matter of the host, not of a design.
  public let usb: [USBDevice]

  /// Cycles of the oscillator in a bit of the serial line.
  public var clocksPerBit: Int { (clock.mhz * 1_000_000 + uart.baud / 2) / uart.baud }

  /// Every pin with the port of the top module that it belongs to.
  public func pins(withFlash: Bool) -> [(port: String, pin: String)] {
    var pins = [
      ("clk", clock.pin), ("rx", uart.fromHost), ("tx", uart.toHost), ("button", button.pin),
      ("led_activity", leds.activity), ("led_error", leds.error),
    ]
    if withFlash, let flash {
      pins += [
        ("flash_cs_n", flash.select), ("flash_sck", flash.clock), ("flash_mosi", flash.toFlash),
        ("flash_miso", flash.fromFlash),
      ]
    }
    return pins
  }

  /// A description in a file has no name: the file bears it.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decodeIfPresent(String.self, forKey: .name) ?? ""
    title = try values.decode(String.self, forKey: .title)
    device = try values.decode(String.self, forKey: .device)
    clock = try values.decode(Clock.self, forKey: .clock)
    uart = try values.decode(UART.self, forKey: .uart)
    button = try values.decode(Button.self, forKey: .button)
    leds = try values.decode(LEDs.self, forKey: .leds)
    flash = try values.decodeIfPresent(Flash.self, forKey: .flash)
    standard = try values.decodeIfPresent(String.self, forKey: .standard)
    placement = try values.decodeIfPresent([String].self, forKey: .placement)
    packing = try values.decodeIfPresent([String].self, forKey: .packing)
    part = try values.decodeIfPresent(String.self, forKey: .part)
    loader = try values.decode([String].self, forKey: .loader)
    loadsFlashOnly = try values.decodeIfPresent(Bool.self, forKey: .loadsFlashOnly)
    usb =
      try decoder.container(keyedBy: HostKeys.self)
      .decodeIfPresent([USBDevice].self, forKey: .usb) ?? []
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, title, device, clock, uart, button, leds, flash, standard, placement, packing, part
    case loader, loadsFlashOnly
  }

  /// Keys that a description has and no manifest.
  enum HostKeys: String, CodingKey, CaseIterable {
    case usb
  }
}
