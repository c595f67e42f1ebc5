import Lowering
import Network

/// The stages of the pipeline, in order.
public enum Stage: String, CaseIterable, Sendable {
  case network, levelled, factored, quantised, schedule, design
}

/// What a stage yields.
public enum StageValue: Sendable {
  case network(Network)
  case levelled(Levelled)
  case factored(GateFactored)
  case quantised(QuantisedNetwork)
  case schedule(ConfigurationChoice, QuantisedNetwork)
  case design(HardwareDesign, ConfigurationChoice)
}
