import Assets
import Boards

extension BoardLibrary {
  /// The boards whose devices the compiler knows; a description with another one is refused as it is read.
  public static func known(_ assets: AssetLocator) -> BoardLibrary {
    BoardLibrary(assets: assets, devices: Device.all.map(\.name))
  }
}
