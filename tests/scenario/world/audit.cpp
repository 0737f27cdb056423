#include "tests/scenario/world/audit.hpp"

#include <algorithm>
#include <cstdio>
#include <set>
#include <tuple>

namespace anju::scenario {

Findings audit_books(const Tables& tables) {
  Findings findings;
  for (const auto& row : tables.twice) findings.push_back(row + " was inserted twice, or out of order");
  Reckoner reckoner;
  reckoner.take(tables, rows_of(tables), findings);
  reckoner.compare(tables, findings);
  std::set<std::int64_t> answered;
  for (const auto& [id, row] : tables.commands) answered.insert(row.command.crossing);
  for (const auto& [id, row] : tables.crossings) {
    if (row.exemption.empty() && !answered.contains(id)) {
      findings.push_back("crossing " + std::to_string(id) + " of meter " + std::to_string(row.meter) +
                         " has neither order nor exemption");
    }
  }
  return findings;
}

Findings audit_stream(const Tables& tables, const std::string& gateway, const std::string& epoch,
                      const std::vector<Sent>& events, bool whole) {
  Findings findings;
  const std::string name = "stream of " + gateway + ": ";
  const platform::Stream* stream = nullptr;
  for (const auto& [id, row] : tables.streams) {
    if (row.epoch == epoch && tables.gateways.at(row.gateway).code == gateway) stream = &row;
  }
  if (stream == nullptr) {
    if (whole && !events.empty()) findings.push_back(name + "the platform does not know it");
    return findings;
  }
  if (stream->last_seq > static_cast<std::int64_t>(events.size()))
    findings.push_back(name + "the platform has more events than were ever numbered");
  if (whole && stream->last_seq < static_cast<std::int64_t>(events.size())) {
    findings.push_back(name + "stored through " + std::to_string(stream->last_seq) + " of " +
                       std::to_string(events.size()));
  }

  std::map<std::pair<std::int64_t, std::int32_t>, const platform::StoredReading*> stored;
  std::int64_t newest = 0;
  for (const auto& row : tables.readings) {
    if (row.origin.stream != stream->id) continue;
    const std::string place =
        name + "event " + std::to_string(row.origin.seq) + " item " + std::to_string(row.origin.item);
    if (!stored.emplace(std::pair(row.origin.seq, row.origin.item), &row).second)
      findings.push_back(place + " took effect twice");
    if (row.origin.seq < newest) findings.push_back(place + " took effect out of order");
    if (row.origin.seq > stream->last_seq) findings.push_back(place + " took effect, but is not stored");
    newest = row.origin.seq;
  }
  std::set<std::pair<std::int64_t, std::int32_t>> parked;
  std::set<std::int64_t> gone;
  for (const auto& row : tables.quarantined) {
    if (row.origin.stream != stream->id) continue;
    parked.insert({row.origin.seq, row.origin.item});
    long long from = 0, through = 0;
    if (row.reason == "gone" && std::sscanf(row.payload.c_str(), R"({"from":%lld,"through":%lld})", &from, &through) == 2) {
      for (; from <= through; ++from) gone.insert(from);
    }
  }
  const auto count = std::min(stream->last_seq, static_cast<std::int64_t>(events.size()));
  for (std::int64_t seq = 1; seq <= count; ++seq) {
    if (gone.contains(seq)) continue;
    const auto& event = events[static_cast<std::size_t>(seq - 1)];
    if (!event && !parked.contains({seq, 0}))
      findings.push_back(name + "event " + std::to_string(seq) + " cannot be read and was not kept");
    const auto* sent = event ? std::get_if<wire::ReadingsEvent>(&*event) : nullptr;
    if (sent == nullptr) continue;
    for (std::size_t i = 0; i < sent->readings.size(); ++i) {
      const std::pair key(seq, static_cast<std::int32_t>(i));
      const auto& reading = sent->readings[i];
      const std::string place = name + "event " + std::to_string(seq) + " item " + std::to_string(i);
      const auto found = stored.find(key);
      if (found == stored.end()) {
        if (!parked.contains(key)) findings.push_back(place + " is stored, but took no effect");
        continue;
      }
      const auto& row = *found->second;
      const auto meter = tables.meters.find(row.meter);
      const bool same = meter != tables.meters.end() && meter->second.card.device == reading.device.value &&
                        row.at == reading.at && row.total == reading.total && row.kind == reading.kind &&
                        row.has_tariffs == reading.tariffs.has_value() &&
                        (!row.has_tariffs || row.tariffs == *reading.tariffs);
      if (!same) findings.push_back(place + " is not what the gateway said");
      stored.erase(found);
    }
  }
  for (const auto& [key, row] : stored) {
    findings.push_back(name + "reading " + std::to_string(row->id) + " was never sent");
  }
  return findings;
}

}  // namespace anju::scenario
