import Diagnostics
import Foundation

/// Gives our own defects the exit status that scripts know: a failed precondition ends the program
/// with a trap, which says what failed; this says whose fault it is.
enum DefectHandler {
  private static let message: StaticString = """
    lstmg-hdl: internal error, this is a defect of the program; please report it with the command \
    and its input

    """

  static func install() {
    for trap in [SIGILL, SIGTRAP] {
      signal(trap) { _ in
        // Only what is safe inside a signal handler.
        _ = write(
          STDERR_FILENO, DefectHandler.message.utf8Start, DefectHandler.message.utf8CodeUnitCount)
        _exit(ExitStatus.internalError.rawValue)
      }
    }
  }
}
