// 固件升级: what the office wants a gateway to run, and what becomes of it.

#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"
#include "protocols/wire/enrolment.hpp"

namespace anju::platform {

Ledger::Impl::GatewayState* Ledger::Impl::find_gateway(const Scope& scope, std::string_view code) {
  const auto found = gateway_by_code.find(code);
  if (found == gateway_by_code.end()) return nullptr;
  GatewayState* gateway = gateways[found->second].get();
  return in(scope, gateway->row.owner) ? gateway : nullptr;
}

void Ledger::Impl::hear_upgrade(GatewayState& gateway, const wire::UpgradeProgress& said, base::UtcMillis now) {
  if (!gateway.upgrade) return;
  const bool wanted = is_wanted(*gateway.upgrade);
  if (!follow(*gateway.upgrade, said, now)) return;
  gateway.upgrade_dirty = gateway.changed = true;
  if (!wanted || is_wanted(*gateway.upgrade)) return;
  // It has ended: a gateway that begins anew from nothing must not take it once more.
  ++gateway.row.archive_version;
  gateway.dirty = gateway.archive_due = true;
}

Outcome Ledger::Impl::decide(const Order& order, const OrderUpgrade& what, base::UtcMillis now) {
  GatewayState* gateway = find_gateway(order.scope, what.gateway);
  if (gateway == nullptr) return base::fail(Errc::not_found, "gateway");
  const wire::ReleaseOrder& wanted = what.wanted;
  if (!base::is_id(wanted.order)) return base::fail(Errc::bad_field, "order");
  // What the wire would not take would leave the gateway without an archive.
  const bool fits = wanted.size >= 1 && wanted.size <= wire::kMaxRelease && wire::is_sha256(wanted.sha256) && wire::is_download_url(wanted.url) &&
                    wanted.url.size() <= wire::kMaxText && (wanted.pin.empty() || wire::is_pin(wanted.pin));
  if (!fits) return base::fail(Errc::bad_field, "release");
  if (gateway->upgrade && gateway->upgrade->wanted.order == wanted.order) {
    if (gateway->upgrade->release != what.release) return base::fail(Errc::key_reused, "order");
    return Answer(Done{});
  }
  if (gateway->upgrade && is_under_way(*gateway->upgrade, now)) return base::fail(Errc::conflict, "upgrade");
  Upgrade made;
  made.gateway = gateway->row.id;
  made.owner = gateway->row.owner;
  made.release = what.release;
  made.wanted = wanted;
  made.by = order.who;
  made.ordered = made.at = now;
  gateway->upgrade = std::move(made);
  ++gateway->row.archive_version;
  gateway->dirty = gateway->archive_due = gateway->changed = gateway->upgrade_dirty = true;
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order& order, const WithdrawUpgrade& what, base::UtcMillis now) {
  GatewayState* gateway = find_gateway(order.scope, what.gateway);
  if (gateway == nullptr) return base::fail(Errc::not_found, "gateway");
  if (!gateway->upgrade || !is_under_way(*gateway->upgrade, now)) return base::fail(Errc::not_found, "upgrade");
  const bool forgotten = is_forgotten_trial(*gateway->upgrade, now);
  if (gateway->upgrade->step == wire::UpgradeStep::trial && !forgotten) return base::fail(Errc::conflict, "step");
  gateway->upgrade->withdrawn = true;
  if (!forgotten) gateway->upgrade->at = now;  // a forgotten one stays as old as it is: it would block for another hour
  ++gateway->row.archive_version;
  gateway->dirty = gateway->archive_due = gateway->changed = gateway->upgrade_dirty = true;
  return Answer(Done{});
}

}  // namespace anju::platform
