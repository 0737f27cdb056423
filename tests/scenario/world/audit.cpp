#include "tests/scenario/world/audit.hpp"

#include <algorithm>
#include <cstdio>
#include <set>
#include <tuple>

namespace anju::scenario {
namespace {

__extension__ using int128 = __int128;

constexpr std::int64_t kSpan = 10'000'000'000;  // of a dial, 1e-4 kWh

std::string yuan(base::Money money) {
  return base::format(money);
}

/// Accounts against transfers.
void audit_accounts(const Tables& tables, Findings& findings) {
  std::map<std::int64_t, std::int64_t> sums;
  for (const auto& transfer : tables.transfers) {
    const std::string name = "transfer " + std::to_string(transfer.id);
    if (transfer.amount.micro_yuan < 0) findings.push_back(name + " is negative");
    for (const std::int64_t side : {transfer.debit, transfer.credit}) {
      if (!tables.accounts.contains(side)) findings.push_back(name + " names an account that is not there");
    }
    sums[transfer.debit] -= transfer.amount.micro_yuan;
    sums[transfer.credit] += transfer.amount.micro_yuan;
  }
  std::int64_t total = 0;
  for (const auto& [id, row] : tables.accounts) {
    total += row.account.balance.micro_yuan;
    if (row.account.balance.micro_yuan != sums[id]) {
      findings.push_back("account " + std::to_string(id) + " holds " + yuan(row.account.balance) +
                         ", its transfers sum to " + yuan(base::Money(sums[id])));
    }
  }
  if (total != 0) findings.push_back("debits and credits differ by " + yuan(base::Money(total)));
}

void audit_recharges(const Tables& tables, Findings& findings) {
  std::map<std::int64_t, const platform::StoredTransfer*> booked;
  for (const auto& transfer : tables.transfers) {
    if (transfer.kind == platform::TransferKind::recharge) booked[transfer.id] = &transfer;
  }
  std::set<std::string> keys;
  for (const auto& recharge : tables.recharges) {
    const std::string name = "recharge " + recharge.key;
    if (!keys.insert(recharge.key).second) findings.push_back(name + " is there twice");
    const auto found = booked.find(recharge.transfer);
    const auto meter = tables.meters.find(recharge.meter);
    if (found == booked.end() || meter == tables.meters.end()) {
      findings.push_back(name + " has no transfer");
      continue;
    }
    if (found->second->amount != recharge.amount || found->second->credit != meter->second.card.account) {
      findings.push_back(name + " and its transfer differ");
    }
    booked.erase(found);
  }
  for (const auto& [id, transfer] : booked)
    findings.push_back("transfer " + std::to_string(id) + " recharges without a recharge");
}

struct Dial {
  std::int64_t total = 0;
  bool known = false;
  std::array<std::int64_t, 4> tariffs{};
};

std::array<std::int64_t, 4> plain(const platform::Tariffs& tariffs) {
  return {tariffs[0].e4, tariffs[1].e4, tariffs[2].e4, tariffs[3].e4};
}

std::int64_t grown(std::int64_t from, std::int64_t to) {
  return to >= from ? to - from : to - from + kSpan;
}

/// Nano-yuan of one used reading: every tariff's growth at its price, and what the four do not explain at the flat one.
int128 worth(const platform::Prices& prices, const Dial& before, const platform::StoredReading& reading,
             std::int64_t used) {
  if (prices.kind == platform::PlanKind::total) return int128{prices.total.e5} * used;
  if (!reading.has_tariffs || !before.known) return int128{prices.tariffs[2].e5} * used;
  const auto now = plain(reading.tariffs);
  int128 sum = 0;
  std::int64_t rest = used;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::int64_t part = grown(before.tariffs[i], now[i]);
    rest -= part;
    sum += int128{prices.tariffs[i].e5} * part;
  }
  return sum + int128{prices.tariffs[2].e5} * rest;
}

void audit_meter(const Tables& tables, const MeterRow& meter,
                 const std::vector<const platform::StoredReading*>& readings,
                 const std::vector<const platform::StoredTransfer*>& transfers, Findings& findings) {
  const std::string name = "meter " + meter.card.device + ": ";
  std::map<std::int64_t, const platform::StoredTransfer*> deductions;
  for (const auto* transfer : transfers) {
    if (transfer->kind != platform::TransferKind::deduction) continue;
    if (!deductions.emplace(transfer->reading, transfer).second) {
      findings.push_back(name + "reading " + std::to_string(transfer->reading) + " is deducted twice");
    }
  }
  Dial dial{meter.card.start_total.e4, meter.card.start_tariffs.has_value(), {}};
  if (dial.known) dial.tariffs = plain(*meter.card.start_tariffs);
  std::int64_t rollovers = 0, billed = 0;
  int128 nano = 0, deducted = 0;
  base::UtcMillis last_at = meter.card.registered;
  for (const auto* reading : readings) {
    if (reading->state != platform::ReadingState::used) continue;
    const std::string place = name + "reading " + std::to_string(reading->id);
    if (reading->at <= last_at) findings.push_back(place + " is used, but not later than the one before it");
    last_at = reading->at;
    const std::int64_t used = grown(dial.total, reading->total.e4);
    if (reading->total.e4 < dial.total) ++rollovers;
    if (used != reading->used.e4)
      findings.push_back(place + " uses " + base::format(reading->used) + " kWh, its register grew by " +
                         base::format(base::Quantity(used)));
    const auto version = tables.versions.find(reading->plan_version);
    if (version == tables.versions.end()) {
      findings.push_back(place + " names no price");
      continue;
    }
    const int128 value = worth(version->second.prices, dial, *reading, used);
    dial.total = reading->total.e4;
    dial.known = reading->has_tariffs;
    if (reading->has_tariffs) dial.tariffs = plain(reading->tariffs);
    nano += value;
    const auto found = deductions.find(reading->id);
    if (found == deductions.end()) {
      if (used != 0 || value != 0) findings.push_back(place + " is used, but not deducted");
      continue;
    }
    const auto& transfer = *found->second;
    const bool back = transfer.credit == meter.card.account;
    deducted += back ? -int128{transfer.amount.micro_yuan} : int128{transfer.amount.micro_yuan};
    billed += transfer.quantity.e4;
    if (transfer.nano_yuan != static_cast<std::int64_t>(value))
      findings.push_back(place + " is deducted at a wrong price");
    const int128 carried = nano - deducted * 1000;
    if (carried < 0 || carried > 999) {
      findings.push_back(place + ": " + std::to_string(static_cast<std::int64_t>(carried)) +
                         " nano-yuan are between price x quantity and the deductions");
    }
    deductions.erase(found);
  }
  for (const auto& [id, transfer] : deductions)
    findings.push_back(name + "deduction " + std::to_string(transfer->id) + " has no used reading");

  const std::int64_t growth = dial.total - meter.card.start_total.e4 + rollovers * kSpan;
  if (billed != growth) {
    findings.push_back(name + "billed " + base::format(base::Quantity(billed)) + " kWh, the registers grew by " +
                       base::format(base::Quantity(growth)));
  }
  const auto& account = tables.accounts.at(meter.card.account).account;
  if (nano != deducted * 1000 + account.remainder_nano)
    findings.push_back(name + "the carried remainder is not what price x quantity leaves");
  if (meter.metering.last.total.e4 != dial.total || meter.metering.last.rollovers != rollovers)
    findings.push_back(name + "its last register is not the last used reading");

  base::Money balance;
  for (const auto* transfer : transfers) {
    balance = transfer->credit == meter.card.account ? balance + transfer->amount : balance - transfer->amount;
    if (transfer->balance != balance)
      findings.push_back(name + "transfer " + std::to_string(transfer->id) + " says a wrong balance");
  }
}

}  // namespace

Findings audit_books(const Tables& tables) {
  Findings findings;
  for (const auto& row : tables.twice) findings.push_back(row + " was inserted twice, or out of order");
  audit_accounts(tables, findings);
  audit_recharges(tables, findings);
  std::map<std::int64_t, std::vector<const platform::StoredReading*>> readings;
  std::map<std::int64_t, std::vector<const platform::StoredTransfer*>> transfers;
  for (const auto& row : tables.readings) readings[row.meter].push_back(&row);
  for (const auto& row : tables.transfers) transfers[row.meter].push_back(&row);
  for (const auto& [id, meter] : tables.meters) audit_meter(tables, meter, readings[id], transfers[id], findings);
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
