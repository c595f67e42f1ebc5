import Diagnostics
import NetSpec
import Network
import XCTest

final class AutomaticReaderTests: XCTestCase {
  func testSeedBlockIsWiredByTheReadme() throws {
    // One input, a bias (node 1), block 0 (nodes 2 ... 5), one output (node 6).
    let document = try read("1\n\n1 1 0 0\n\n0\n\n0\n\n\n\n0\n")
    let network = document.network
    XCTAssertEqual(network.inputCount, 2)
    XCTAssertEqual(network.outputCount, 1)
    XCTAssertEqual(
      network.topology,
      [
        [2, 0, -1], [2, 1, -1], [3, 0, -1], [3, 1, -1], [4, 0, 2], [4, 1, 2], [4, 4, 3],
        [5, 0, -1], [5, 1, -1], [6, 4, 5],
      ])
    XCTAssertEqual(network.nodes.map(\.initialActivation), Array(repeating: 0.5, count: 7))
    XCTAssertEqual(network.nodes.map(\.line), [3, 3, 5, 5, 5, 5, 3])
    // Node 2 gates into 4, 3 into 4 and 5 into 6: two, two and two incoming connections.
    XCTAssertEqual(network.extendedTraces.count, 6)
    XCTAssertTrue(document.isAutomatic)
    XCTAssertTrue(document.carriesStates)
  }

  func testSeedNamesTheSenderFirstAndCsvTheReceiver() throws {
    let seed = try read("1\n\n1 1 0 0\n\n\n\n\n0 1 2\n").network
    XCTAssertEqual(
      seed.topology.filter { $0[1] > 0 && $0[0] != $0[1] }, [[5, 3, -1], [6, 3, -1], [8, 3, -1]])
    let csv = try read("1,1,1,0\n0,1,0,0\n1,1,0,0\n1,0,0\n").network
    XCTAssertEqual(
      csv.topology.filter { $0[1] > 0 && $0[0] != $0[1] }, [[5, 3, -1], [6, 3, -1], [8, 3, -1]])
  }

  func testCsvDownstreamLinkToItselfReplacesTheSelfConnection() throws {
    let network = try read("1,1,1,0\n0,1,0,0\n0,0,2\n").network
    let own = try XCTUnwrap(network.selfConnection(NodeID(3)))
    XCTAssertEqual(own.gater, NodeID(1))
    XCTAssertNotEqual(own.weight, 1)
  }

  func testCsvCellBiasIsAnArgumentBias() throws {
    let network = try read("1,1,0,1\n0,0,1,1\n").network
    XCTAssertEqual(network.argumentBias(NodeID(3)), NodeID(0))
    XCTAssertEqual(network.nodes.map(\.initialActivation), Array(repeating: 0, count: 6))
  }

  func testLayersLieUnitByUnit() throws {
    // Blocks 1 and 2 are a layer; block 0 stands alone before it.
    let network = try read("1\n\n0 1 0 0\n\n\n\n1 2\n").network
    XCTAssertEqual(network.topology, [[2, 2, 1], [8, 8, 6], [9, 9, 7]])
    XCTAssertEqual(network.nodes.map(\.line), [3, 3, 3, 3] + Array(repeating: 7, count: 8) + [3])
  }

  func testSeedSettingsAreChecked() {
    XCTAssertEqual(
      errors("1\n\n-1 0 2 x\n3 4 5 6\n"),
      [
        "f:3:1: error: numInputs is -1, it must be at least 0 [bad-count]",
        "f:3:4: error: numOutputs is 0, it must be at least 1 [bad-count]",
        "f:3:6: error: inputToOutput is 2, it must be 0 or 1 [bad-flag]",
        "f:3:8: error: 'x' is not an integer [not-an-integer]",
        "f:4:1: error: the settings are a single line; a blank line must follow it "
          + "[second-settings]",
      ])
    XCTAssertEqual(
      complaints("1\n\n\n0\n"),
      [
        "f:3:1: error: the line of settings is missing [missing-settings]",
        "  hint: write numInputs numOutputs inputToOutput biasToOutput",
      ])
    XCTAssertEqual(
      errors("1\n\n1, 1, 0, 0\n"),
      ["f:3:2: error: a comma cannot separate fields in the seed dialect [comma]"])
  }

  func testSeedListsAreChecked() {
    let settings = "1\n\n1 1 0 0\n\n"
    XCTAssertEqual(
      complaints(
        settings + "0 1\n-2\n1\n\n1\n1\n\n0 2\n3 0\n1 1\n\n0 0 3\n0 0 0\n1 0 1\n1 0 2\n\n"),
      [
        "f:5:3: error: a line of this list has 1 field (block), not 2 [field-count]",
        "f:6:1: error: block -2 does not exist: blocks are numbered from 0 [negative-block]",
        "f:10:1: error: block 1 is listed twice [duplicate-block]",
        "f:9:1: note: first listed here",
        "f:13:3: error: layer size 0 must be at least 1 [layer-size]",
        "f:14:1: error: block 1 is in two layers [overlapping-layers]",
        "f:12:1: note: the other layer is here",
        "f:16:5: error: connection type 3 does not exist [unknown-connection-type]",
        "  hint: the types are 0 downstream, 1 gated peephole, 2 ungated peephole",
        "f:17:5: error: block 0 cannot be downstream of itself: "
          + "its cell already has a self-connection [self-downstream]",
        "f:19:1: error: blocks 1->0 are connected twice [duplicate-link]",
        "f:18:1: note: first connected here",
      ])
    XCTAssertEqual(
      complaints(settings + "\n\n\n\n\n\n5\n").first,
      "f:11:1: error: a sixth list begins here; an automatic spec has five [surplus-list]")
  }

  func testEveryOverlapOfLayersIsFound() {
    // Layer 2 ... 6 reaches over 3 and 5, the first layer over none of them.
    XCTAssertEqual(
      complaints("1\n\n1 1 0 0\n\n\n\n5 1\n0 2\n2 5\n3 1\n"),
      [
        "f:9:1: error: block 5 is in two layers [overlapping-layers]",
        "f:7:1: note: the other layer is here",
        "f:10:1: error: block 3 is in two layers [overlapping-layers]",
        "f:9:1: note: the other layer is here",
      ])
  }

  func testCsvLinesAreChecked() {
    XCTAssertEqual(
      complaints("1,1,0,1\n0,1,2,1\n 1,0,0,1\n1,0,0,0\n3,0,0\n0,2,0\n1,0\n1,5\n"),
      [
        "f:2:5: error: sendToOutput is 2, it must be 0 or 1 [bad-flag]",
        "f:4:1: error: block 1 is listed twice [duplicate-block]",
        "f:3:2: note: first listed here",
        "f:5:1: error: block 3 does not exist: the blocks are 0 to 1 [unknown-block]",
        "f:6:3: error: block 2 does not exist: the blocks are 0 to 1 [unknown-block]",
        "f:7:3: error: layer size 0 must be at least 1 [layer-size]",
        "f:8:3: error: block 5 does not exist: the blocks are 0 to 1 [unknown-block]",
      ])
    XCTAssertEqual(
      errors("0,1,0,1\n"),
      ["f:1:1: error: a bias is used, but there are 0 inputs [missing-bias]"])
    XCTAssertEqual(
      errors("1,1,1,0\n0,0,0\n"),
      [
        "f:2:1: error: block 0 does not exist: there are none [unknown-block]",
        "f:2:3: error: block 0 does not exist: there are none [unknown-block]",
      ])
    XCTAssertEqual(
      errors("1,1,1,0\n0,1,0,0\n1\n"),
      ["f:3:2: error: a line has 2, 3 or 4 fields, not 1 [field-count]"])
  }

  func testCsvBlockWithoutAnySourceIsRefusedAsItsManualFormWouldBe() {
    XCTAssertEqual(
      errors("1,1,1,0\n0,1,0,0\n1,0,0,0\n"),
      [
        "f:3:1: error: nodes 5, 6, 7, 8 have no connection from another node [unconnected-node]"
      ])
  }

  func testHugeNetworksAreRefusedBeforeMemoryIsAskedFor() {
    XCTAssertEqual(
      errors("1\n\n1 1 0 0\n\n\n\n0 2000000000\n"),
      [
        "f:7:3: error: the network has 2000000000 memory blocks, at most 4194304 are supported "
          + "[too-large]"
      ])
    XCTAssertEqual(
      errors("1\n\n8000000 8000000 1 1\n"),
      [
        "f:3:1: error: the network has 64000008000000 connections, at most 268435456 are supported "
          + "[too-large]"
      ])
    XCTAssertEqual(
      errors("1\n\n8000000 9000000 0 0\n"),
      ["f:3:1: error: the network has 17000000 nodes, at most 16777216 are supported [too-large]"])
    XCTAssertEqual(
      errors("1,1,0,0\n1,0,0\n4194304,1,1,0\n"),
      [
        "f:3:1: error: the network has 4194305 memory blocks, at most 4194304 are supported "
          + "[too-large]"
      ])
  }
}
