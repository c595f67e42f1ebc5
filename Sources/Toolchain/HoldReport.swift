/// Hold times that nextpnr says are violated, in what it printed: its report has none of them.
///
/// It counts all and shows the worst paths. With memories of Gowin devices it takes the time that an address
/// has to be held several times over and calls paths violated that keep it by the figures that it shows, so
/// that these decide.
public struct HoldReport: Hashable, Sendable {
  /// Violations as nextpnr counts them.
  public let count: Int
  /// Paths that it shows.
  public let shown: Int
  /// Of these, paths whose data changes too early by its own figures.
  public let broken: Int

  public static let none = HoldReport(log: "")

  /// `log` is what nextpnr printed.
  public init(log: String) {
    var count = 0
    var totals: [Double] = []
    var isInPath = false
    for line in log.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count > 4, words[0] == "Info:", words[2] == "Hold/min", words[4] == "violations" {
        count = Int(words[1]) ?? 0
      } else if line.contains(": Hold/min time violation for ") {
        isInPath = true
      } else if isInPath, words.count > 3, words[0] == "Info:", words[1] == "hold",
        let total = Double(words[3])
      {
        // How long after the end of the hold time the data changes.
        totals.append(total)
        isInPath = false
      }
    }
    self.count = max(count, totals.count)
    shown = totals.count
    broken = totals.count { $0 < 0 }
  }
}
