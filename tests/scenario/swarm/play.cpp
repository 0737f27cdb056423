#include <cctype>

#include "tests/scenario/swarm/swarm.hpp"
#include "tests/scenario/world/world.hpp"

namespace anju::scenario {

void Told::add(const Told& more) {
  device_s += more.device_s;
  readings += more.readings;
  transfers += more.transfers;
  commits += more.commits;
  kills += more.kills;
  messages += more.messages;
  lost += more.lost;
  crossings += more.crossings;
  verified += more.verified;
}

Told play(const Story& story, const std::function<void(const std::string&)>& tell, const std::function<bool()>& over) {
  World world(story);
  if (tell) world.narrate(tell);
  // Once something is wrong, the rest of the story adds nothing.
  bool ended = false;
  world.play(story, [&] { return (ended = over && over()) || !world.watch().findings().empty(); });
  Told told;
  told.failed_at = world.age();
  told.findings = world.watch().findings();
  if (told.findings.empty() && !ended) {
    told.findings = world.audit();
    told.failed_at = story.length;
  }
  const auto& tables = world.platform().tables();
  told.device_s = static_cast<std::int64_t>(world.devices().size()) * (world.age().value / 1000);
  told.readings = static_cast<std::int64_t>(tables.readings.size());
  told.transfers = static_cast<std::int64_t>(tables.transfers.size());
  told.commits = world.platform().commits();
  told.kills = world.crashes();
  told.messages = world.broker().delivered();
  told.lost = world.broker().lost();
  told.crossings = world.watch().seen().crossings;
  told.verified = world.watch().seen().verified;
  return told;
}

std::string kind_of(const Findings& findings) {
  if (findings.empty()) return {};
  // "seed 17, step 20, 2026-…: what is wrong": the second part, with every number and every name of a thing made equal.
  const std::string& first = findings.front();
  std::size_t at = first.find(": ");
  std::string kind;
  for (std::size_t i = at == std::string::npos ? 0 : at + 2; i < first.size(); ++i) {
    if (std::isdigit(static_cast<unsigned char>(first[i])) != 0) {
      if (kind.empty() || kind.back() != '#') kind += '#';
    } else if (first[i] == '(') {
      break;  // figures and states
    } else if (first[i] != '.' || kind.empty() || kind.back() != '#') {
      kind += first[i];
    }
  }
  return kind;
}

}  // namespace anju::scenario
