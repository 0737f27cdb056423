#pragma once

// A small site in memory: one gateway with one line, one total-price plan, and people's orders in one line each.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "platform/domain/ledger.hpp"

namespace anju::platform {

inline constexpr base::UtcMillis kStart{1'764'000'000'000};  // 2025-11-24T16:00:00Z, midnight at +480

/// What was stored, kept by key.
struct MemoryArchive : Archive {
  std::map<std::string, StoredRecharge> recharges;
  std::map<std::string, SavedCommand> commands;
  std::map<std::int64_t, StoredReading> readings;
  base::Result<std::optional<StoredRecharge>> find_recharge(std::int64_t, std::string_view key) override {
    const auto found = recharges.find(std::string(key));
    if (found == recharges.end()) return std::nullopt;
    return found->second;
  }
  base::Result<std::optional<SavedCommand>> find_command(std::int64_t, std::string_view code) override {
    const auto found = commands.find(std::string(code));
    if (found == commands.end()) return std::nullopt;
    return found->second;
  }
  base::Result<std::optional<StoredReading>> find_reading(std::int64_t id) override {
    const auto found = readings.find(id);
    if (found == readings.end()) return std::nullopt;
    return found->second;
  }
  std::map<std::string, StoredDocument> documents;
  std::map<std::int64_t, Boundary> boundaries;
  base::Result<std::optional<StoredDocument>> find_document(std::int64_t, std::string_view key) override {
    const auto found = documents.find(std::string(key));
    if (found == documents.end()) return std::nullopt;
    return found->second;
  }
  base::Result<Boundary> find_boundary(std::int64_t meter) override { return boundaries[meter]; }
  base::Result<bool> names_meter(std::int64_t meter) override {
    return std::ranges::any_of(documents, [meter](const auto& entry) { return entry.second.meter == meter; });
  }
  KnownSites known;
  std::optional<std::string> referrer;
  base::Result<KnownSites> known_sites(std::string_view) override { return known; }
  base::Result<std::optional<std::string>> referrer_of_site(std::int64_t) override { return referrer; }
  void keep(const Batch& batch) {
    for (const auto& row : batch.readings) readings[row.id] = row;
    for (const auto& row : batch.recharges) recharges[row.key] = row;
    for (const auto& row : batch.commands) commands[row.command.code] = row;
    for (const auto& row : batch.recharges) boundaries[row.meter].recharged = boundaries[row.meter].recharged + row.amount;
    for (const auto& row : batch.adjustments) {
      boundaries[row.meter].adjusted = boundaries[row.meter].adjusted + row.amount;
      documents[row.key] = document_of(row);
    }
    for (const auto& row : batch.register_changes) documents[row.key] = document_of(row);
    for (const auto& row : batch.fee_payments) documents[row.key] = document_of(row);
    for (const auto& row : batch.openings) {
      boundaries[row.meter] = {row.start, row.recharge, row.adjustment, {}, {}, row.billed};
      documents[row.key] = document_of(row);
    }
    for (const auto& row : batch.settlements) {
      boundaries[row.meter] = {row.to, row.recharge, row.adjustment, {}, {}, row.billed};
      documents[row.key] = document_of(row);
    }
  }
};

struct SiteFixture {
  MemoryArchive archive;
  Ledger ledger;
  base::UtcMillis now = kStart;
  std::int64_t seq = 0;
  bool online = false;
  std::int64_t meter = 0;
  Batch last;                      ///< of the newest commit
  std::vector<Effects::Send> sent;  ///< everything that ever left
  std::vector<Notice> notices;
  std::vector<Alarm> alarms;
  std::vector<Crossing> crossings;
  std::vector<StoredTransfer> transfers;
  std::vector<StoredReading> readings;

  static Loaded one_site(std::int64_t greatest_power_w) {
    Loaded loaded;
    Site& site = loaded.sites.emplace_back();
    site.owner = {1, 1};
    site.code = "site";
    site.card.name = "Site";
    site.card.greatest_power_w = greatest_power_w;
    loaded.newest.site = 1;
    return loaded;
  }

  explicit SiteFixture(Prices prices = {PlanKind::total, base::Price(60'000), {}}, std::int64_t greatest_power_w = 100'000)
      : ledger(one_site(greatest_power_w), archive) {
    REQUIRE(ask(CreateGateway{"site", "gw", "Gateway", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}}));
    REQUIRE(ask(PutPricePlan{0, "plan", prices}));
    meter = add_meter("m1");
    hear_online(true);
  }

  template <class What>
  Outcome ask(What what) {
    Outcome outcome = ledger.decide(Order{Scope{1}, "wang", now, std::move(what)}, now);
    commit();
    return outcome;
  }

  std::int64_t add_meter(const std::string& device, SupplySettings settings = {}, base::Quantity start = base::Quantity(0)) {
    RegisterMeter what;
    what.gateway = "gw";
    what.line = "l1";
    what.device = device;
    what.name = device;
    what.address = std::string(11, '0') + device.substr(1);
    what.price_plan = 1;
    what.settings = settings;
    what.start.total = start;
    const Outcome outcome = ask(what);
    REQUIRE(outcome);
    return std::get<Created>(*outcome).id;
  }

  void commit() {
    ledger.tick(now);
    Effects effects;
    ledger.collect(last, effects);
    archive.keep(last);
    for (auto& send : effects.commands) sent.push_back(std::move(send));
    const auto append = [](auto& all, const auto& rows) { all.insert(all.end(), rows.begin(), rows.end()); };
    append(notices, last.notices);
    append(alarms, last.alarms);
    append(crossings, last.crossings);
    append(transfers, last.transfers);
    append(readings, last.readings);
  }

  /// An online gateway goes on saying its word meanwhile.
  void pass(base::Millis span) {
    now = now + span;
    if (online) return hear_online(true);
    commit();
  }

  Taken event(wire::Event what) {
    const std::vector<wire::Event> events{std::move(what)};
    const Taken taken = ledger.take(1, "e1", ++seq, events, now);
    commit();
    return taken;
  }

  void read(std::int64_t total_e4, std::optional<Tariffs> tariffs = {}, const std::string& device = "m1") {
    event(wire::ReadingsEvent{{{base::DeviceId(device), now, wire::ReadingKind::interval, base::Quantity(total_e4), tariffs}}});
  }

  void status(wire::Relay relay, bool keep_power = false, bool reachable = true) {
    event(wire::StatusEvent{base::DeviceId("m1"), now, reachable, relay, keep_power, {}});
  }

  void answer(const wire::Command& command, wire::CommandPhase phase, wire::Relay relay = wire::Relay::unknown,
              const std::string& reason = "") {
    event(wire::CommandEvent{command.id, command.device, now, phase, reason, relay});
  }

  void hear_online(bool says) {
    online = says;
    wire::GatewayState state;
    state.online = says;
    state.at = now;
    state.archive_version = 2;
    hear(state);
  }
  bool hear(const wire::GatewayState& state) {
    const bool taken = ledger.hear_state(1, state, now);
    commit();
    return taken;
  }

  Outcome recharge(const std::string& key, std::int64_t micro_yuan, PayMethod method = PayMethod::cash) {
    return ask(Recharge{key, meter, base::Money(micro_yuan), method, ""});
  }
  Outcome command(const std::string& code, Ask what) { return ask(OrderCommand{code, meter, what, "", what == Ask::live ? 10 : 0}); }

  const MeterState& state() { return *ledger.meter(meter); }
  base::Money balance() { return state().account.balance; }
  wire::Command newest_sent() {
    REQUIRE(!sent.empty());
    return sent.back().command;
  }
};

}  // namespace anju::platform
