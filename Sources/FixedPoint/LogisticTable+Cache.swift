import Synchronization

extension LogisticTable {
  private static let cache = Mutex<[Int: LogisticTable]>([:])

  /// The faithful table of a width, searched once per process.
  public static func cached(activationBits: Int) -> LogisticTable {
    cache.withLock { tables in
      if let table = tables[activationBits] { return table }
      let table = LogisticTable(activationBits: activationBits)
      tables[activationBits] = table
      return table
    }
  }
}
