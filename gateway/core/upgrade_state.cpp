// The files of the launcher's state and of the office's order, and names.

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/core/upgrade.hpp"
#include "gateway/core/upgrade_order.hpp"
#include "protocols/base/id.hpp"

namespace anju::gateway {
namespace {

constexpr std::array<UpgradeResult, 3> kResults{UpgradeResult::installed, UpgradeResult::rolled_back, UpgradeResult::refused};
constexpr std::size_t kMaxState = 2048;
constexpr std::array<wire::UpgradeStep, 8> kSteps{wire::UpgradeStep::waiting,   wire::UpgradeStep::downloading, wire::UpgradeStep::offered, wire::UpgradeStep::trial,
                                                  wire::UpgradeStep::installed, wire::UpgradeStep::rolled_back, wire::UpgradeStep::refused, wire::UpgradeStep::failed};

using Words = std::vector<std::string_view>;

Words words_of(std::string_view line) {
  Words words;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

std::optional<std::int64_t> read_count(std::string_view text) {
  std::int64_t count = -1;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (failure != std::errc() || end != text.data() + text.size() || count < 0) return std::nullopt;
  return count;
}

bool read_trial(const Words& words, UpgradeState& state) {
  if (words.size() != 4 || state.trial || !base::is_id(words[2])) return false;
  const auto version = wire::parse_version(words[1]);
  const auto starts = read_count(words[3]);
  if (!version || !starts || *starts > kMostTrialStarts) return false;
  state.trial = UpgradeTrial{*version, std::string(words[2]), *starts};
  return true;
}

bool read_last(const Words& words, UpgradeState& state) {
  if (words.size() != 5 || state.last || !base::is_id(words[2]) || !base::is_id(words[4])) return false;
  const auto version = wire::parse_version(words[1]);
  const auto* const result = std::find_if(kResults.begin(), kResults.end(), [&](UpgradeResult one) { return to_string(one) == words[3]; });
  if (!version || result == kResults.end()) return false;
  state.last = UpgradeOutcome{std::string(words[2]), *version, *result, words[4] == "-" ? std::string() : std::string(words[4])};
  return true;
}

bool read_current(const Words& words, UpgradeState& state) {
  const auto version = words.size() == 2 && !state.current ? wire::parse_version(words[1]) : wire::parse_version("");
  if (!version) return false;
  state.current = *version;
  return true;
}

}  // namespace

std::string_view to_string(UpgradeResult result) {
  switch (result) {
    case UpgradeResult::installed: return "installed";
    case UpgradeResult::rolled_back: return "rolled_back";
    case UpgradeResult::refused: return "refused";
  }
  return "unknown";
}

std::string encode(const UpgradeState& state) {
  std::string out;
  if (state.current) out += "current " + to_string(*state.current) + "\n";
  if (const auto& trial = state.trial) out += "trial " + to_string(trial->version) + " " + trial->order + " " + std::to_string(trial->starts) + "\n";
  if (const auto& last = state.last) {
    out.append("last ").append(to_string(last->version)).append(" ").append(last->order).append(" ").append(to_string(last->result));
    out.append(" ").append(last->reason.empty() ? "-" : last->reason).append("\n");
  }
  return out + "end\n";
}

std::optional<UpgradeState> decode_upgrade_state(std::string_view text) {
  constexpr std::string_view kEnd = "end\n";
  if (text.size() > kMaxState || !text.ends_with(kEnd)) return std::nullopt;
  text.remove_suffix(kEnd.size());
  UpgradeState state;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const Words words = words_of(text.substr(0, end));
    text.remove_prefix(end + 1);
    const std::string_view kind = words.empty() ? std::string_view() : words.front();
    const bool read = (kind == "current" && read_current(words, state)) || (kind == "trial" && read_trial(words, state)) ||
                      (kind == "last" && read_last(words, state));
    if (!read) return std::nullopt;
  }
  return state;
}

std::string encode(const OrderRecord& record) {
  std::string out = "order " + record.order + " " + to_string(record.version) + " " + std::string(to_string(record.step)) + " ";
  out += record.reason.empty() ? "-" : record.reason;
  for (const std::int64_t count : {record.bytes, record.received, record.spent_s}) out += " " + std::to_string(count);
  return out + " end\n";
}

std::optional<OrderRecord> decode_order_record(std::string_view text) {
  if (text.size() > kMaxState || !text.ends_with(" end\n")) return std::nullopt;
  text.remove_suffix(1);
  const Words words = words_of(text);
  if (words.size() != 9 || words[0] != "order" || !base::is_id(words[1]) || !base::is_id(words[4])) return std::nullopt;
  const auto version = wire::parse_version(words[2]);
  const auto* const step = std::find_if(kSteps.begin(), kSteps.end(), [&](wire::UpgradeStep one) { return to_string(one) == words[3]; });
  const auto bytes = read_count(words[5]), received = read_count(words[6]), spent = read_count(words[7]);
  if (!version || step == kSteps.end() || !bytes || *bytes > wire::kMaxRelease || !received || !spent) return std::nullopt;
  return OrderRecord{std::string(words[1]), *version, *step, words[4] == "-" ? std::string() : std::string(words[4]), *bytes, *received, *spent};
}

}  // namespace anju::gateway
