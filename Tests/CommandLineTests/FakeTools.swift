import Foundation
import XCTest

/// Programs under the names of real tools that write down their arguments and then do as they are told.
struct FakeTools {
  let folder: URL
  private var calls: URL { folder.appendingPathComponent("calls") }

  init(in parent: URL) throws {
    folder = parent.appendingPathComponent("tools")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// A shell script that is run with the arguments of the tool.
  func add(_ name: String, _ script: String) throws {
    let url = folder.appendingPathComponent(name)
    try Data("#!/bin/sh\necho \"\(name) $*\" >> '\(calls.path)'\n\(script)\n".utf8).write(to: url)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
  }

  /// Calls so far, each as the tool's name and its arguments.
  func recorded() throws -> [String] {
    try String(contentsOf: calls, encoding: .utf8).split(separator: "\n").map(String.init)
      // A question for the version makes nothing.
      .filter { !$0.hasSuffix(" -V") }
  }

  /// Nothing but these tools and the shell's own.
  var environment: [String: String] { ["PATH": folder.path + ":/usr/bin:/bin"] }

  /// A command that writes the contents in Verilog as a routed design of an iCE40 has them.
  static let blocks = #"""
    awk '/^ *256.h/ {
        sub(/^ *256.h/, ""); sub(/[,}].*/, ""); line = $0
        while (length(line) < 64) line = "0" line
        lines[count++] = line
        if (count == 16) {
          print ".ram_data", ++block, 1
          while (count > 0) print lines[--count]
        }
      }'
    """#

  /// Tools of all families that succeed. nextpnr reports 90, 100, 80 ... MHz for seeds 1, 2, 3 ... and
  /// routes the blocks of an iCE40, the packers copy what was routed.
  func addBitstreamTools() throws {
    try add(
      "yosys",
      "[ \"$1\" = -V ] && echo \"Yosys ${YOSYS:-0.60} (git sha1 7)\" && exit\n"
        + "while [ $# -gt 0 ]; do [ \"$1\" = -l ] && : > \"$2\"; shift; done")
    // Whatever comes behind an option that names a file is written.
    let place = """
      while [ $# -gt 0 ]; do
        case $1 in
          --seed) seed=$2 ;;
          --report) report=$2 ;;
          --asc | --textcfg | --write) routed=$2 ;;
        esac
        shift
      done
      case $seed in 1) mhz=90.5 ;; 2) mhz=100.25 ;; *) mhz=80 ;; esac
      link=${LINK_MHZ:-30.0}
      [ "$seed" = 2 ] && link=${LINK_MHZ_OF_SEED_2:-$link}
      echo "routed with seed $seed" > "$routed"
      blocks=0
      if ls *_memories.v > /dev/null 2>&1; then
        \(Self.blocks) *_memories.v >> "$routed"
        blocks=$(grep -c '^.ram_data' "$routed")
      fi
      cat > "$report" <<END
      {"fmax": {"$PREFIX\\$core_clk": {"achieved": $mhz, "constraint": 70.0},
        "link_clk": {"achieved": $link, "constraint": 12.0}},
       "utilization": {"LUT": {"used": 12, "available": 48}, "ICESTORM_RAM": {"used": $blocks, "available": 999}, "EMPTY": {"used": 0, "available": 3}}}
      END
      [ -z "$LOG" ] || cat "$LOG"
      """
    for name in ["nextpnr-ice40", "nextpnr-ecp5", "nextpnr-himbaechel"] { try add(name, place) }
    for name in ["icepack", "ecppack"] {
      try add(name, "for last; do before=$file; file=$last; done; cp \"$before\" \"$last\"")
    }
    try add(
      "gowin_pack",
      "while [ $# -gt 1 ]; do [ \"$1\" = -o ] && out=$2; shift; done; cp \"$1\" \"$out\"")
  }
}
