// What people ask of the ledger: gateways.

#include <algorithm>

#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"

namespace anju::platform {

Outcome Ledger::Impl::decide(const Order& order, const CreateGateway& what, base::UtcMillis now) {
  const auto site = std::find_if(sites.begin(), sites.end(), [&](const auto& entry) {
    return entry.second.site.code == what.site && in(order.scope, entry.second.site.owner);
  });
  if (site == sites.end()) return base::fail(Errc::not_found, "site");
  if (!site->second.site.enabled) return base::fail(Errc::disabled, "site");
  if (!base::is_id(what.id)) return base::fail(Errc::bad_field, "id");
  if (auto ok = check_text(what.name, 1, kMostName, "name"); !ok) return base::pass(ok);
  if (what.reading_minutes < 1 || what.reading_minutes > 1440) return base::fail(Errc::bad_field, "reading_minutes");
  if (what.lines.size() > kLinesPerGateway) return base::fail(Errc::too_many, "lines");
  for (std::size_t i = 0; i < what.lines.size(); ++i) {
    const std::string place = "lines[" + std::to_string(i) + "]";
    if (!base::is_id(what.lines[i].id.value)) return base::fail(Errc::bad_field, place + ".id");
    if (what.lines[i].uri.empty() || what.lines[i].uri.size() > wire::kMaxText) return base::fail(Errc::bad_field, place + ".uri");
    for (std::size_t k = 0; k < i; ++k) {
      if (what.lines[k].id == what.lines[i].id) return base::fail(Errc::bad_field, place + ".id");
    }
  }
  if (gateway_by_code.contains(what.id)) return base::fail(Errc::conflict, "id");

  auto gateway = std::make_unique<GatewayState>();
  gateway->site = &site->second;
  Gateway& row = gateway->row;
  row.id = ++newest.gateway;
  row.owner = site->second.site.owner;
  row.code = what.id;
  row.name = what.name;
  row.reading_minutes = what.reading_minutes;
  row.created = now;
  for (const wire::ArchiveLine& line : what.lines) {
    gateway->lines.push_back({++newest.line, row.owner, row.id, line.id.value, line.uri});
    batch.lines.push_back(gateway->lines.back());
  }
  gateway->dirty = gateway->archive_due = gateway->changed = true;
  gateway_index[row.id] = gateways.size();
  gateway_by_code[row.code] = gateways.size();
  gateways.push_back(std::move(gateway));
  return Answer(Created{gateways.back()->row.id});
}

}  // namespace anju::platform
