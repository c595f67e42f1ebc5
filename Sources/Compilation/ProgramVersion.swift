/// The version that generated files name.
public enum ProgramVersion {
  public static let text = "0.1.0"
}
