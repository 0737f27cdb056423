#include "gateway/core/scan.hpp"

#include <algorithm>
#include <utility>

#include "gateway/core/meter.hpp"
#include "protocols/dlt645/reply.hpp"
#include "protocols/dlt645/request.hpp"

namespace anju::gateway {
namespace {

constexpr std::size_t kAddressBytes = 6;

}  // namespace

dlt645::Frame request_of(const Probe& probe) {
  const auto di = probe.edition == dlt645::Edition::y2007 ? dlt645::DataId{0x00010000, probe.edition}
                                                          : dlt645::DataId{0x9010, probe.edition};
  auto frame = probe.read_address
                   ? dlt645::make_request(probe.edition, dlt645::kWildcard, dlt645::ReadAddress{})
                   : dlt645::make_request(probe.edition, probe.address, dlt645::ReadData{di, std::nullopt});
  return frame.value_or(dlt645::Frame{});
}

Scan::Scan(ScanSettings settings) : settings_(std::move(settings)) {
  next_combination();
}

std::optional<Probe> Scan::next() const {
  if (probes_.empty()) return std::nullopt;
  return probes_.front();
}

void Scan::next_combination() {
  const auto count = settings_.bauds.size() * settings_.editions.size();
  if (combination_ >= count) return;
  Probe probe;
  probe.baud = settings_.bauds[combination_ / settings_.editions.size()];
  probe.edition = settings_.editions[combination_ % settings_.editions.size()];
  probe.read_address = probe.edition == dlt645::Edition::y2007;  // 1997 has no such function
  ++combination_;
  probes_.push_back(probe);
}

void Scan::again_or_next() {
  if (!probes_.empty()) return;
  if (!silent_.empty()) {
    probes_ = std::exchange(silent_, {});
    return;
  }
  next_combination();
}

bool Scan::is_known(const Probe& probe, const dlt645::Address& address) const {
  return std::ranges::any_of(found_, [&](const FoundMeter& meter) {
    return meter.address == address && meter.baud == probe.baud && meter.edition == probe.edition;
  });
}

void Scan::take(const Probe& probe, const dlt645::Frame& reply) {
  if (!is_known(probe, reply.address)) {
    found_.push_back({reply.address, probe.edition, probe.baud, std::nullopt, 0});
    if (probe.read_address) {
      // Known by address only: its first value proves that it can be read.
      Probe exact = probe;
      exact.read_address = false;
      exact.address = reply.address;
      exact.digits = kAddressBytes;
      probes_.push_front(exact);
    }
  }
  if (probe.read_address) return;
  const auto energy = energy_of(reply);
  for (auto& meter : found_) {
    if (energy && meter.address == reply.address && meter.baud == probe.baud) meter.total = energy->total;
  }
}

void Scan::descend(const Probe& probe) {
  if (probe.digits >= kAddressBytes) return;
  for (unsigned pair = 0; pair < 100; ++pair) {
    Probe child = probe;
    child.read_address = false;
    child.repeated = false;
    child.address.wire[probe.digits] = static_cast<std::uint8_t>(pair / 10 << 4U | pair % 10);
    child.digits = probe.digits + 1;
    probes_.push_back(child);
  }
}

bool Scan::repeat(Probe probe) {
  if (probe.repeated || !settings_.repeat_silence) return false;
  probe.repeated = true;
  (probe.digits == 0 ? probes_ : silent_).push_back(probe);
  return true;
}

void Scan::heard(Heard heard, const std::optional<dlt645::Frame>& replied) {
  if (probes_.empty()) return;
  auto probe = probes_.front();
  probes_.pop_front();
  ++asked_;
  if (replied && (heard == Heard::one || heard == Heard::crowd)) take(probe, *replied);
  switch (heard) {
    case Heard::one: break;
    case Heard::crowd: descend(probe); break;
    case Heard::garbage:
      garbage_ = true;
      if (probe.digits < kAddressBytes) {
        descend(probe);
        break;
      }
      for (auto& meter : found_) meter.bad_probes += meter.address == probe.address ? 1 : 0;
      repeat(probe);
      break;
    case Heard::silence:
      if (repeat(probe) || probe.digits > 0 || !probe.read_address) break;
      // Nobody, or a model without 13H: a read that everybody answers tells, and spares a hundred probes.
      probe.read_address = probe.repeated = false;
      probes_.push_back(probe);
      break;
  }
  again_or_next();
}

}  // namespace anju::gateway
