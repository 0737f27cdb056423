#include "platform/store/found_devices.hpp"

#include <algorithm>
#include <cstdint>

#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const auto name = text.substr(0, text.find(' '));
    names.emplace_back(name);
    text.remove_prefix(std::min(text.size(), name.size() + 1));
  }
  return names;
}

}  // namespace

wire::FoundDevice read_found_device(Select& row) {
  wire::FoundDevice device;
  device.dialect = row.text();
  device.address = row.text();
  device.baud = row.integer();
  device.format = row.text();
  if (const auto total = row.maybe()) device.total = base::Quantity(*total);
  device.state = row.text();
  device.models = names_in(row.text());
  device.meter_type = row.text();
  device.low_byte_first = row.flag();
  device.answers = row.flag();
  return device;
}

std::string models_text(const std::vector<std::string>& models) {
  std::string text;
  for (const std::string& model : models) text += (text.empty() ? "" : " ") + model;
  return text;
}

std::optional<std::vector<FoundRow>> read_found(soci::session& session, const Scope& scope, std::string_view gateway, bool dismissed) {
  const auto id = Question(session).text("SELECT g.id FROM gateway g WHERE g.code = ").value(std::string(gateway)).text(" AND ").within(scope, "g").first([](Select& row) {
    return std::int64_t{row.integer()};
  });
  if (!id) return std::nullopt;
  std::vector<FoundRow> all;
  Question select(session);
  select.text("SELECT f.id, f.line, f.dialect, f.address, f.baud, f.format, f.total_e4, f.state, f.models, f.meter_type, f.low_byte_first, f.answers, f.seen_ms, f.dismissed"
              " FROM found_device f WHERE f.gateway = ").value(*id);
  select.text(" AND f.dismissed = ").value(dismissed ? 1 : 0);
  // One address is one device on its line, whatever it was said to speak.
  select.text(" AND NOT EXISTS (SELECT 1 FROM meter m JOIN line l ON l.id = m.line WHERE m.gateway = f.gateway AND l.code = f.line AND m.address = f.address)"
              " ORDER BY f.line, f.address, f.id");
  select.rows([&](Select& row) {
    FoundRow& found = all.emplace_back();
    found.id = row.integer();
    found.line = row.text();
    found.device = read_found_device(row);
    found.seen_at = row.time();
    found.dismissed = row.flag();
  });
  return all;
}

}  // namespace anju::platform
