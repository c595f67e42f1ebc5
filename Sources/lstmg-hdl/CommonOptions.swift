import ArgumentParser

/// Options of every command.
struct CommonOptions: ParsableArguments, Sendable {
  @Flag(help: "Tell on standard error what is being done.")
  var verbose = false

  var console: Console { Console(isVerbose: verbose) }
}
