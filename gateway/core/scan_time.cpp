// How long a scan waits for whom, and what that adds up to.

#include <algorithm>

#include "gateway/core/scan.hpp"

namespace anju::gateway {
namespace {

/// An error reply of DL/T645: 68, address, 68, C, L, one byte, CS, 16; of CJ/T188 16 characters, of Modbus 5.
constexpr std::size_t kShortestReply = 13;

}  // namespace

Probe Scan::second(Probe probe) {
  // Some devices keep silent where they should refuse: another function may be one they know.
  if (probe.root.dialect == Dialect::modbus) probe.read.function = modbus::Function::read_input_registers;
  return probe;
}

void Scan::learn_length(const Question& question, std::size_t characters) {
  // What the tree asks: an address alone is a shorter answer.
  if (question.purpose != Purpose::search || question.probe.read_address) return;
  const auto [known, is_first] = shortest_replies_.try_emplace(question.probe.root.dialect, characters);
  if (!is_first) known->second = std::min(known->second, characters);
}

std::size_t Scan::shortest_reply(Dialect dialect) const {
  const auto heard = shortest_replies_.find(dialect);
  return heard == shortest_replies_.end() ? kShortestReply : std::max(heard->second, kShortestReply);
}

base::Millis Scan::patience(const Probe& probe, int round) const {
  if (probe.root.dialect == Dialect::modbus) return probe.read.function == modbus::Function::read_holding_registers ? kUnitPatience : kSecondUnitPatience;
  if (probe.digits == 0 || probe.is_exact()) return kScanPatience;
  const auto crowd = std::ranges::find_if(descended_, [parent = parent_of(probe)](const Crowd& one) { return same_branch(one.probe, parent); });
  if (crowd == descended_.end()) return kScanPatience;
  // Of noise only its end is known, so when the last one began rests on how long answers are. What the second round asks again is taken to be answered as
  // others of the protocol answer; a slow meter with nothing but a short refusal is heard then, when the shortest answer there is is reckoned with.
  const bool is_asked_again = round == 1 && settings_.second_round && probe.digits == 1;
  const auto characters = is_asked_again ? shortest_reply(probe.root.dialect) : kShortestReply;
  return std::clamp(crowd->begins.latest(characters, probe.root.format) + kScanMargin, kLeastScanPatience, kScanPatience);
}

std::vector<Probe> Scan::first_probes(const Batch& batch) {
  std::vector<Probe> probes;
  Probe probe{.root = batch.root};
  if (batch.root.dialect == Dialect::modbus) {
    probe.digits = 1;
    for (unsigned unit = batch.first_unit; unit <= batch.last_unit; ++unit) {
      probe.address[0] = static_cast<std::uint8_t>(unit);
      probes.push_back(probe);
    }
    return probes;
  }
  // 13H is what every model of 2007 has to know, a read with all digits open what most know; 1997 has no 13H. CJ/T188 has 03, but what is wanted is in
  // the read as well: it is asked once, of any type.
  const bool asks_address = batch.root.dialect == Dialect::dlt645_2007 || (is_cjt188(batch.root.dialect) && batch.root.meter_type == cjt188::kAnyType);
  if (asks_address) {
    probe.read_address = true;
    probes.push_back(probe);
    probe.read_address = false;
  }
  probes.push_back(probe);
  return probes;
}

base::Millis Scan::cost(const Probe& probe, int round) const {
  const auto waited = probe.patience.value > 0 ? probe.patience : patience(probe, round);
  return line_time(size_of(request_of(probe), kMostPreamble), probe.root.format) + waited;
}

base::Millis Scan::time_left_in_round() const {
  base::Millis left(0);
  for (const auto& question : questions_) left = left + cost(question.probe, round_);
  for (const auto& batch : plan_) {
    const auto probes = first_probes(batch);
    if (!probes.empty()) left = left + cost(probes.back(), round_) * static_cast<std::int64_t>(probes.size());
  }
  return left;
}

base::Millis Scan::second_round_time() const {
  base::Millis left(0);
  if (round_ != 1) return left;
  const auto add = [&](const Probe& probe) {
    if (is_worth_asking_again(probe)) left = left + cost(second(probe), 2);
  };
  for (const auto& probe : again_) add(probe);
  for (const auto& question : questions_) {
    if (question.purpose == Purpose::search) add(question.probe);
  }
  for (const auto& batch : plan_) {
    const auto probes = first_probes(batch);
    const bool twice = settings_.second_round && (batch.root.dialect != Dialect::modbus || is_second_worth(batch.root));
    if (twice && !probes.empty()) left = left + cost(second(probes.back()), 2) * static_cast<std::int64_t>(probes.size());
  }
  return left;
}

}  // namespace anju::gateway
