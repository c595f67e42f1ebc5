// swift-tools-version: 6.2
import PackageDescription

/// Modules from the bottom up; an arrow may only point to a module above it in this list.
let modules: [Target] = [
  .target(name: "Diagnostics"),
  .target(name: "Numerals"),
  .target(name: "HostLink", dependencies: ["Diagnostics"]),
  .target(name: "Network", dependencies: ["Diagnostics"]),
  .target(name: "NetSpec", dependencies: ["Network", "Numerals", "Diagnostics"]),
  .target(name: "DataSets", dependencies: ["Numerals", "Diagnostics"]),
  .target(
    name: "Importing",
    dependencies: [
      "Network", "Numerals", "Diagnostics",
      .product(name: "SwiftProtobuf", package: "swift-protobuf"),
    ],
    exclude: ["ONNX/Generated/onnx_subset.proto"]),
  .target(name: "FixedPoint", dependencies: ["Network", "Diagnostics"]),
  .target(
    name: "Lowering",
    dependencies: [
      "FixedPoint", "Network", "Diagnostics",
      .product(name: "HeapModule", package: "swift-collections"),
    ]),
  .target(name: "ModelKernels"),
  .target(
    name: "Simulation",
    dependencies: ["ModelKernels", "Lowering", "FixedPoint", "Network", "DataSets"]),
  .target(
    name: "Assets",
    dependencies: ["Diagnostics"],
    path: ".",
    exclude: [
      "Benchmarks", "Examples", "Fuzz", "Scripts", "Tests", "docs", "formal", "README.md",
      "ARCHITECTURE.md",
      "Sources/Diagnostics", "Sources/Numerals", "Sources/Network", "Sources/NetSpec",
      "Sources/DataSets",
      "Sources/FixedPoint", "Sources/Lowering", "Sources/Simulation", "Sources/Emission",
      "Sources/Toolchain", "Sources/Verification", "Sources/Compilation", "Sources/lstmg-hdl",
      "Sources/Boards", "Sources/HostLink", "Sources/Importing", "Sources/lstmg-bench",
      "Sources/ModelKernels",
    ],
    sources: ["Sources/Assets"],
    resources: [.copy("Templates"), .copy("boards"), .copy("hdl"), .copy("sim")]),
  .target(
    name: "Boards",
    dependencies: ["Diagnostics", "Assets", .product(name: "Yams", package: "Yams")]),
  .target(
    name: "Emission",
    dependencies: [
      "Numerals", "Lowering", "FixedPoint", "Simulation", "Network", "DataSets", "Diagnostics",
      "Assets", "Boards", "HostLink",
      .product(name: "Mustache", package: "swift-mustache"),
    ]),
  .target(
    name: "Toolchain",
    dependencies: [
      "Diagnostics", .product(name: "Subprocess", package: "swift-subprocess"),
    ]),
  .target(
    name: "Verification",
    dependencies: [
      "Toolchain", "Emission", "HostLink", "Simulation", "Lowering", "Network", "DataSets",
    ]),
  .target(
    name: "Compilation",
    dependencies: [
      "Verification", "Toolchain", "Emission", "Simulation", "Lowering", "FixedPoint", "NetSpec",
      "Importing", "DataSets", "Network", "Diagnostics", "Assets", "Boards", "HostLink",
    ]),
  .executableTarget(
    name: "lstmg-hdl",
    dependencies: [
      "Compilation", "Verification", "Toolchain", "Emission", "Simulation", "Lowering",
      "FixedPoint", "Importing", "NetSpec", "DataSets", "Network", "Diagnostics", "Assets",
      "Boards", "HostLink",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
      .product(name: "Logging", package: "swift-log"),
    ]),
  .executableTarget(
    name: "lstmg-bench",
    dependencies: [
      "Compilation", "Verification", "Simulation", "Lowering", "Numerals",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
]

let tests: [Target] = [
  .target(
    name: "GoldenCases",
    dependencies: ["NetSpec", "Network", "DataSets", "Diagnostics"],
    path: "Tests/GoldenCases",
    resources: [.copy("Fixtures")]),
  .testTarget(name: "NumeralsTests", dependencies: ["Numerals", "GoldenCases"]),
  .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
  .testTarget(
    name: "NetSpecTests", dependencies: ["NetSpec", "Numerals", "Network", "GoldenCases"]),
  .testTarget(name: "DataSetsTests", dependencies: ["DataSets", "GoldenCases"]),
  .testTarget(
    name: "ImportingTests",
    dependencies: [
      "Importing", "NetSpec", "Simulation", "Network", "DataSets", "GoldenCases",
      .product(name: "SwiftProtobuf", package: "swift-protobuf"),
    ],
    resources: [.copy("Fixtures")]),
  .testTarget(name: "FixedPointTests", dependencies: ["FixedPoint", "GoldenCases"]),
  .testTarget(
    name: "LoweringTests", dependencies: ["Lowering", "Simulation", "NetSpec", "GoldenCases"]),
  .testTarget(name: "SimulationTests", dependencies: ["Simulation", "NetSpec", "GoldenCases"]),
  .testTarget(name: "HostLinkTests", dependencies: ["HostLink", "Diagnostics", "GoldenCases"]),
  .testTarget(name: "BoardsTests", dependencies: ["Boards", "Assets"]),
  .testTarget(name: "EmissionTests", dependencies: ["Emission", "Toolchain", "GoldenCases"]),
  .testTarget(name: "ToolchainTests", dependencies: ["Toolchain", "GoldenCases"]),
  .testTarget(
    name: "VerificationTests",
    dependencies: [
      "Verification", "Compilation", "Toolchain", "Assets", "Boards", "HostLink", "NetSpec",
      "GoldenCases",
    ],
    exclude: ["Modules", "noisy_line.py"]),
  .testTarget(
    name: "CommandLineTests",
    dependencies: ["lstmg-hdl", "Compilation", "Toolchain", "GoldenCases"]),
  .testTarget(
    name: "CompilationTests",
    dependencies: ["Compilation", "Boards", "NetSpec", "DataSets", "GoldenCases"]),
]

/// What Scripts/fuzz links with libFuzzer; nobody else needs it.
let fuzzes = Context.environment["LSTMG_FUZZ"] != nil
let fuzzing: [Target] = [
  .target(
    name: "FuzzTargets",
    dependencies: ["Importing", "NetSpec", "DataSets", "Network"],
    path: "Fuzz", exclude: ["seeds", "words.dict"])
]

let package = Package(
  name: "lstmg-hdl",
  products: fuzzes
    ? [.library(name: "lstmg-fuzz", type: .static, targets: ["FuzzTargets"])] : [],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: modules + tests + (fuzzes ? fuzzing : [])
)
