import Assets
import Diagnostics
import Lowering

/// What the top module says of the loading of weights: nothing but zeros where they are not loaded.
struct LoadingText {
  private(set) var parameters = ""
  private(set) var ports = ""
  private(set) var instance = ""
  private(set) var reset = "rst"
  private(set) var write: String
  private(set) var address: String
  private(set) var data: String

  init(
    _ design: HardwareDesign, _ flash: FlashImage?, assets: AssetLocator
  ) throws(DiagnosticList) {
    let (lanes, addressBits) = (design.schedule.lanes, design.layout.positionBits)
    let weightBits = design.network.plan.weightBits
    write = "\(lanes)'d0"
    address = "\(addressBits)'d0"
    data = "\(weightBits)'d0"
    guard let flash else { return }
    func text(_ template: String, _ names: [String: String]) throws(DiagnosticList) -> String {
      try StrictTemplate(template, assets: assets).render(names)
    }
    parameters = String(
      try text(
        "flash_parameters.v", ["address": TextFormat.hexadecimal(FlashImage.address, digits: 6)]
      ).dropLast())
    ports = String(try text("flash_ports.v", [:]).dropLast())
    instance = try text(
      "flash_loader.v",
      [
        "laneTop": "\(lanes - 1)", "addressTop": "\(addressBits - 1)",
        "weightTop": "\(weightBits - 1)", "lanes": "\(lanes)",
        "depth": "\(design.layout.programDepth)", "addressBits": "\(addressBits)",
        "weightBits": "\(weightBits)",
        "identity": TextFormat.hexadecimal(Int(flash.identity), digits: 8),
      ])
    reset = "rst || !loaded"
    (write, address, data) = ("load_write", "load_address", "load_data")
  }
}
