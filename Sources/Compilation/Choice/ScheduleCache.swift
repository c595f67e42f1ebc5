import Lowering
import Synchronization

/// Schedules of one network that have been made. They do not depend on widths, so designs that differ in
/// nothing else share them.
final class ScheduleCache: Sendable {
  private let made = Mutex<[Scheduler: Schedule]>([:])

  func schedule(_ scheduler: Scheduler, _ network: QuantisedNetwork) -> Schedule {
    if let known = made.withLock({ $0[scheduler] }) { return known }
    let schedule = scheduler.schedule(network)
    made.withLock { $0[scheduler] = schedule }
    return schedule
  }
}
