#pragma once

// A random life of a whole ledger on its database, and beside it what an independent model makes of the same: random meters, plans, readings (twice, late,
// refused), recharges, prices, orders, deaf gateways, restarts, and old readings that go. Whether the two agree is the test's business.

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "platform/store/retention.hpp"
#include "tests/unit/platform/store/ledger_model.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

namespace anju::platform::ledger_life {

inline constexpr std::int64_t kSpan = 10'000'000'000;
inline constexpr int kMeters = 4;

/// A meter as it really is, and what the model knows of its account.
struct Real {
  std::string device;
  std::int64_t id = 0;
  std::int64_t offset = 0, total = 0, swapped = 0;  ///< total: unwrapped, 1e-6 kWh
  std::array<std::int64_t, 4> parts{};
  bool open = false, keep_power = false, by_hand = false, replaced = false;
  // the model
  model::Good start;
  std::vector<model::Good> goods;
  std::vector<model::Piece> prices;  ///< the versions that hold for it, rising
  base::UtcMillis last_at;
  std::int64_t recharged = 0;
  int plan = 1;
  SupplySettings settings;
  bool moved = false, forced = false, warned_1 = false, warned_2 = false;
  std::int64_t notices = 0;

  [[nodiscard]] std::int64_t dial() const { return offset + total / 10'000 * 100; }
  [[nodiscard]] std::array<std::int64_t, 4> tariffs() const {
    std::array<std::int64_t, 4> shown{};
    for (std::size_t k = 0; k < 4; ++k) shown[k] = parts[k] / 10'000 * 100;
    return shown;
  }
};

/// What the model makes of an event when it is taken.
struct Said {
  wire::Event event;
  int meter = -1;
  std::optional<model::Good> good;  ///< a reading that counts, unless it is not newer
  base::UtcMillis at;
};

class World {
 public:
  explicit World(unsigned seed) : random_(seed) {
    site_.ask(CreateGateway{"site", "gw", "Gateway", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
    put_plan(0, false);
    put_plan(0, true);
    for (int i = 0; i < kMeters; ++i) add_meter(i);
    hear(true);
  }

  /// Why the books are wrong; empty: they are right.
  std::string run(int steps) {
    for (int i = 0; i < steps; ++i) {
      step();
      if (auto wrong = compare(); !wrong.empty()) return "step " + std::to_string(i + 1) + ": " + wrong;
    }
    return quiet();
  }

 private:
  std::int64_t below(std::int64_t most) { return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(most)); }
  bool one_in(std::int64_t n) { return below(n) == 0; }

  template <class What>
  Outcome ask(What what) {
    Outcome outcome = site_.ledger->decide(Order{Scope{1}, "wang", site_.now, std::move(what)}, site_.now);
    commit();
    return outcome;
  }
  void commit() {
    site_.ledger->tick(site_.now);
    Batch batch;
    Effects effects;
    site_.ledger->collect(batch, effects);
    if (!batch.empty()) {
      const auto committed = site_.store->commit(batch);
      REQUIRE_MESSAGE(committed, (committed ? std::string() : committed.error().where));
    }
    for (const Notice& notice : batch.notices) ++notices_[notice.meter];
    for (const auto& send : effects.commands) inbox_.push_back(send.command);
  }

  void put_plan(std::int64_t id, bool tou) {
    Prices prices{tou ? PlanKind::tou : PlanKind::total, base::Price(below(200'000)), {}};
    for (auto& price : prices.tariffs) price = base::Price(below(200'000));
    model::Prices mine{tou, prices.total.e5, {}};
    for (std::size_t k = 0; k < 4; ++k) mine.parts[k] = prices.tariffs[k].e5;
    REQUIRE(ask(PutPricePlan{id, tou ? "tou" : "total", prices}));
    versions_.push_back(mine);
    const int plan = tou ? 2 : 1;
    version_of_[plan] = static_cast<int>(versions_.size() - 1);
    for (Real& meter : meters_) {
      if (meter.id != 0 && meter.plan == plan) begin(meter, site_.now.value);
    }
  }

  /// The prices of the meter's plan of now hold for it from then on.
  void begin(Real& meter, std::int64_t from) {
    auto& pieces = meter.prices;
    while (!pieces.empty() && pieces.back().from >= from) pieces.pop_back();
    pieces.push_back({from, version_of_[static_cast<int>(meter.plan)]});
  }

  /// Which prices a good reading (at said.at, after the one before it) falls under.
  void put_prices(const Real& meter, model::Good& good, std::int64_t before) {
    model::Piece held = meter.prices.front();
    for (const model::Piece& piece : meter.prices) {
      if (piece.from >= good.at) break;
      if (piece.from <= before) {
        held = piece;
      } else {
        if (good.pieces.empty()) good.pieces.push_back(held);
        good.pieces.push_back(piece);
      }
      good.version = piece.version;
    }
  }

  void add_meter(int i) {
    Real& meter = meters_[static_cast<std::size_t>(i)];
    meter.device = "m" + std::to_string(i + 1);
    meter.offset = i == 3 ? kSpan - 300'000 : below(5'000'000'000);
    meter.plan = 1 + i % 2;
    meter.settings.overdraft = base::Money(below(3) * 5'000'000);
    RegisterMeter what;
    what.gateway = "gw";
    what.line = "l1";
    what.device = what.name = meter.device;
    what.address = "00000000000" + std::to_string(i + 1);
    what.price_plan = meter.plan;
    what.settings = meter.settings;
    what.start.total = base::Quantity(meter.offset);
    meter.start.total = meter.offset;
    if (i != 1) {
      what.start.tariffs = Tariffs{};
      meter.start.tariffs = std::array<std::int64_t, 4>{};
    }
    meter.last_at = site_.now;
    meter.start.at = site_.now.value;
    begin(meter, 0);
    const auto outcome = ask(what);
    REQUIRE(outcome);
    meter.id = std::get<Created>(*outcome).id;
  }

  void hear(bool online) {
    online_ = online;
    wire::GatewayState state;
    state.online = online;
    // Sometimes the gateway's clock is days ahead: it must not make the platform deaf for days.
    state.at = one_in(5) ? site_.now + base::hours(72) : site_.now;
    state.archive_version = 1 + kMeters;
    state.epoch = "e1";
    site_.ledger->hear_state(1, state, site_.now);
    commit();
  }

  void say(Said said) { spool_.push_back(std::move(said)); }

  void read(int i, wire::ReadingKind kind = wire::ReadingKind::interval) {
    Real& meter = meters_[static_cast<std::size_t>(i)];
    wire::Reading reading{base::DeviceId(meter.device), site_.now, kind, base::Quantity(meter.dial() % kSpan), {}};
    model::Good good{0, site_.now.value, {}, meter.dial(), {}, {}};
    if (!one_in(4)) {
      good.tariffs = meter.tariffs();
      reading.tariffs.emplace();
      for (std::size_t k = 0; k < 4; ++k) (*reading.tariffs)[k] = base::Quantity((*good.tariffs)[k]);
    }
    std::optional<model::Good> counts = good;
    if (meter.replaced) counts.reset();
    if (!meter.replaced && one_in(25)) {  // a bit flipped: refused, whatever the ledger thinks of it
      switch (below(3)) {
        case 0: reading.total = base::Quantity((meter.dial() + 600'000'000 + below(1'000'000'000)) % kSpan); break;
        case 1: reading.at = site_.now + base::hours(2000); break;
        default: reading.total = base::Quantity(kSpan + below(100)); break;
      }
      counts.reset();
    }
    say({wire::ReadingsEvent{{reading}}, i, counts, reading.at});
    if (one_in(10)) say({wire::ReadingsEvent{{reading}}, i, counts, reading.at});
  }

  /// The platform takes what the gateway sends, some of it twice; the model takes each once.
  void deliver(bool all) {
    if (!online_) return;
    std::int64_t upto = static_cast<std::int64_t>(spool_.size());
    if (!all && upto > taken_) upto = taken_ + 1 + below(upto - taken_);
    const std::int64_t from = std::max<std::int64_t>(0, taken_ - below(4));
    if (upto <= from) return;
    std::vector<wire::Event> events;
    for (std::int64_t k = from; k < upto; ++k) events.push_back(spool_[static_cast<std::size_t>(k)].event);
    const Taken taken = site_.ledger->take(1, "e1", from + 1, events, site_.now);
    if (taken.through != std::max(upto, taken_)) wrong_ = "took through " + std::to_string(taken.through);
    for (; taken_ < upto; ++taken_) count(spool_[static_cast<std::size_t>(taken_)]);
    commit();
  }

  void count(const Said& said) {
    if (!said.good) return;
    Real& meter = meters_[static_cast<std::size_t>(said.meter)];
    if (said.at <= meter.last_at) return;
    model::Good good = *said.good;
    put_prices(meter, good, meter.last_at.value);
    meter.last_at = said.at;
    meter.goods.push_back(std::move(good));
    settle(meter);
  }

  [[nodiscard]] model::int128 nano(const Real& meter) const { return model::worth(meter.start, meter.goods, versions_); }
  [[nodiscard]] std::int64_t balance(const Real& meter) const { return meter.recharged - model::floor_micro(nano(meter)); }

  /// Money has moved, or what is asked of it: warnings.
  void settle(Real& meter) {
    if (meter.recharged != 0 || nano(meter) != 0) meter.moved = true;
    for (const model::Good& good : meter.goods) {
      const std::int64_t before = &good == meter.goods.data() ? meter.start.total : (&good - 1)->total;
      if (good.decided ? *good.decided != 0 : good.total != before) meter.moved = true;
    }
    if (!meter.moved || meter.settings.mode != MeterMode::prepaid) return;
    const auto warn_at = [&](bool& warned, base::Money preset) {
      const std::int64_t now = balance(meter);
      if (!warned && now < preset.micro_yuan) {
        warned = true;
        ++meter.notices;
      } else if (now > preset.micro_yuan || (now == preset.micro_yuan && !warned)) {
        warned = false;
      }
    };
    warn_at(meter.warned_1, meter.settings.alarm_1);
    warn_at(meter.warned_2, meter.settings.alarm_2);
  }

  /// The gateway carries out what has arrived: never twice, never out of order, not when it is too late.
  void obey(bool perfect) {
    if (!online_) return;
    std::deque<wire::Command> commands;
    std::swap(commands, inbox_);
    for (const wire::Command& command : commands) {
      if (!perfect && one_in(5)) continue;  // lost on the way
      const int i = command.device.value.at(1) - '1';
      Real& meter = meters_[static_cast<std::size_t>(i)];
      const auto answer = [&](wire::CommandPhase phase, const std::string& reason, wire::Relay relay = wire::Relay::unknown) {
        say({wire::CommandEvent{command.id, command.device, site_.now, phase, reason, relay}, i, {}, {}});
      };
      if (!seen_.insert(command.id.value).second) {
        answer(wire::CommandPhase::refused, "seen");
        continue;
      }
      if (command.counter <= counter_) {
        answer(wire::CommandPhase::refused, "old_counter");
        continue;
      }
      counter_ = command.counter;
      if (command.expires < site_.now) {
        answer(wire::CommandPhase::expired, "expired");
        continue;
      }
      const bool nothing_done = !perfect && one_in(6);
      if (!nothing_done) carry_out(meter, i, command.kind);
      const bool impossible = command.kind == wire::CommandKind::trip && meter.keep_power;
      if (nothing_done || impossible || (!perfect && one_in(8))) {
        answer(wire::CommandPhase::failed, "no_answer");
      } else {
        const bool relay = command.kind == wire::CommandKind::trip || command.kind == wire::CommandKind::close;
        answer(wire::CommandPhase::verified, "", !relay ? wire::Relay::unknown : meter.open ? wire::Relay::open : wire::Relay::closed);
      }
      if (command.kind == wire::CommandKind::keep_power_on || command.kind == wire::CommandKind::keep_power_off) tell_status(i);
    }
  }

  void carry_out(Real& meter, int i, wire::CommandKind kind) {
    switch (kind) {
      case wire::CommandKind::trip:
        if (!meter.keep_power) meter.open = true;
        break;
      case wire::CommandKind::close:
        meter.open = meter.by_hand = false;
        break;
      case wire::CommandKind::keep_power_on: meter.keep_power = true; break;
      case wire::CommandKind::keep_power_off: meter.keep_power = false; break;
      case wire::CommandKind::read: read(i, wire::ReadingKind::on_demand); break;
      default: break;
    }
  }

  void tell_status(int i) {
    const Real& meter = meters_[static_cast<std::size_t>(i)];
    say({wire::StatusEvent{base::DeviceId(meter.device), site_.now, true, meter.open ? wire::Relay::open : wire::Relay::closed, meter.keep_power, {}},
         i, {}, {}});
  }

  void consume(base::Millis span) {
    for (Real& meter : meters_) {
      if (meter.open || one_in(4)) continue;
      const std::int64_t used = below(1 + 20 * span.value / 3600);  // up to 20 kW, 1e-6 kWh
      meter.total += used;
      meter.parts[static_cast<std::size_t>(below(4))] += used;
    }
  }

  void step() {
    const base::Millis span = one_in(20) ? base::hours(1 + below(3)) : base::minutes(1 + below(25));
    consume(span);
    site_.now = site_.now + span;
    if (online_) hear(true);  // its word every minute
    if (one_in(12)) {
      obey(false);  // what is on its way is carried out; the answers come when the network is back
      hear(!online_);
    }
    for (int i = 0; i < kMeters; ++i) {
      if (!one_in(5)) read(i);
    }
    obey(false);
    deliver(false);
    const int i = static_cast<int>(below(kMeters));
    Real& meter = meters_[static_cast<std::size_t>(i)];
    switch (below(13)) {
      case 0:
      case 1: pay(meter); break;
      case 2: change_price(); break;
      case 3: change_plan(meter); break;
      case 4: switch_by_person(meter); break;
      case 5: change_settings(meter); break;
      case 6: restart(); break;
      case 7: swap_meter(i); break;
      case 8:
        if (!meter.open && one_in(3)) {
          meter.open = meter.by_hand = true;
          tell_status(i);
        }
        break;
      case 9: accept(i); break;
      case 10: forget_old(); break;
      default: break;
    }
    commit();
  }

  void pay(Real& meter) {
    const bool repeat = !keys_.empty() && one_in(4);
    const std::string key = repeat ? keys_.begin()->first : "k" + std::to_string(keys_.size());
    const std::int64_t amount = 1 + below(60'000'000);
    if (repeat) {
      const auto [of, first] = keys_.at(key);
      const auto again = ask(Recharge{key, of, base::Money(first), PayMethod::cash, ""});
      if (!again || std::get<Recharged>(*again).created) wrong_ = "a repeated recharge was not told as existing";
      const auto other = ask(Recharge{key, of, base::Money(first + 1), PayMethod::cash, ""});
      if (other || !other.error().is(Errc::key_reused)) wrong_ = "a key was taken for another amount";
      return;
    }
    REQUIRE(ask(Recharge{key, meter.id, base::Money(amount), PayMethod::cash, ""}));
    keys_[key] = {meter.id, amount};
    meter.recharged += amount;
    settle(meter);
  }

  /// A model of what is given back after a change of prices needs to know exactly what was ahead: all of it, or clearly some.
  [[nodiscard]] bool clear_cut() const {
    return std::all_of(meters_.begin(), meters_.end(), [](const Real& meter) {
      if (meter.goods.empty()) return true;
      const auto& newest = meter.goods.back();
      if (newest.tariffs) return true;
      for (auto good = meter.goods.rbegin(); good != meter.goods.rend(); ++good) {
        if (good->tariffs) return newest.total - good->total > 2000;
      }
      return newest.total - meter.start.total > 2000;
    });
  }
  void change_price() {
    if (clear_cut()) one_in(2) ? put_plan(1, false) : put_plan(2, true);
  }
  void change_plan(Real& meter) {
    if (!clear_cut()) return;
    meter.plan = 3 - meter.plan;
    REQUIRE(ask(ChangePricePlan{meter.id, meter.plan}));
    begin(meter, site_.now.value);
  }
  void change_settings(Real& meter) {
    meter.settings.mode = one_in(5) ? MeterMode::reading : MeterMode::prepaid;
    meter.settings.auto_trip = !one_in(5);
    meter.settings.alarm_1 = base::Money(15'000'000 + below(20'000'000));
    REQUIRE(ask(ChangeSettings{meter.id, meter.device, {}, meter.settings}));
    settle(meter);
  }

  void switch_by_person(Real& meter) {
    const std::string code = "c" + std::to_string(++codes_);
    const bool forced_before = meter.forced;
    const Ask what = meter.forced ? Ask::release : Ask::trip;
    const auto outcome = ask(OrderCommand{code, meter.id, what, "", 0});
    if (!outcome) return;  // a trip under keep-power
    if (what == Ask::trip) meter.forced = true;
    if (what == Ask::release) meter.forced = false;
    if ((what == Ask::trip || what == Ask::release) && one_in(2) && ask(CancelCommand{code})) meter.forced = forced_before;
  }

  void restart() {
    site_.ledger = std::make_unique<Ledger>(site_.reload(), *site_.store);
    commit();
  }

  /// Readings of some hours and older go; the books are as right as before, and a restart finds all it needs.
  void forget_old() {
    const auto made = retention_->cut(site_.now, site_.now - base::hours(below(24)));
    REQUIRE_MESSAGE(made, (made ? std::string() : made.error().where));
    if (!made->wrong.empty()) wrong_ = "nothing went: " + made->wrong;
    if (made->blocks == 0) return;
    cut_ += made->readings;
    if (one_in(3)) restart();
    if (one_in(4)) wrong_ = verified(false);
  }

  /// Somebody hangs another meter: the register jumps by far more than is believed.
  void swap_meter(int i) {
    Real& meter = meters_[static_cast<std::size_t>(i)];
    if (meter.replaced || !one_in(3)) return;
    meter.replaced = true;
    meter.offset = (meter.dial() % kSpan + 2'000'000'000 + below(5'000'000'000)) % kSpan - meter.total / 10'000 * 100;
    meter.swapped = static_cast<std::int64_t>(spool_.size());
  }

  void accept(int i) {
    Real& meter = meters_[static_cast<std::size_t>(i)];
    if (!meter.replaced) return;
    const auto id = site_.count("SELECT coalesce(max(id), 0) FROM reading WHERE state = 2 AND meter = " + std::to_string(meter.id) +
                                " AND seq > " + std::to_string(meter.swapped));
    if (id == 0) return;
    const auto seq = static_cast<std::size_t>(site_.count("SELECT seq FROM reading WHERE id = " + std::to_string(id)));
    const auto& reading = std::get<wire::ReadingsEvent>(spool_[seq - 1].event).readings[0];
    const std::int64_t billed = one_in(2) ? 0 : below(2'000'000);
    const base::UtcMillis seen = site_.ledger->meter(meter.id)->metering.last.at;
    if (one_in(4) && ask(AcceptReading{meter.id, id, seen - base::Millis(1), base::Quantity(billed), ""})) wrong_ = "a reading was accepted from a register that is none";
    const auto outcome = ask(AcceptReading{meter.id, id, seen, base::Quantity(billed), "another meter"});
    if (reading.at <= meter.last_at) {
      if (outcome) wrong_ = "a reading was accepted that had been overtaken";
      return;
    }
    if (!outcome) {
      wrong_ = "a refused reading was not accepted: " + std::string(outcome.error().code);
      return;
    }
    meter.replaced = false;
    model::Good good{0, reading.at.value, {}, reading.total.e4, {}, billed};
    put_prices(meter, good, meter.last_at.value);
    if (reading.tariffs) good.tariffs = {(*reading.tariffs)[0].e4, (*reading.tariffs)[1].e4, (*reading.tariffs)[2].e4, (*reading.tariffs)[3].e4};
    meter.goods.push_back(good);
    meter.last_at = reading.at;
    settle(meter);
    // What the new meter said after that, and is not taken yet, counts.
    for (auto k = static_cast<std::size_t>(taken_); k < spool_.size(); ++k) {
      if (spool_[k].meter != i || spool_[k].good) continue;
      if (const auto* later = std::get_if<wire::ReadingsEvent>(&spool_[k].event); later != nullptr) {
        model::Good counts{0, later->readings[0].at.value, {}, later->readings[0].total.e4, {}, {}};
        if (const auto& t = later->readings[0].tariffs) counts.tariffs = {(*t)[0].e4, (*t)[1].e4, (*t)[2].e4, (*t)[3].e4};
        if (later->readings[0].at <= site_.now && counts.total < kSpan && k >= static_cast<std::size_t>(meter.swapped)) spool_[k].good = counts;
      }
    }
    const auto again = ask(AcceptReading{meter.id, id, seen, base::Quantity(billed), ""});
    if (again || !again.error().is(Errc::conflict)) wrong_ = "a reading was accepted twice";
  }

  // ledger_property_test.cpp
  [[nodiscard]] std::string compare();
  [[nodiscard]] std::string quiet();
  [[nodiscard]] std::string verified(bool quiet);

  std::mt19937_64 random_;
  StoredSite site_;
  std::unique_ptr<RetentionStore> retention_ = [this] {
    auto opened = open_retention(site_.url());
    REQUIRE(opened);
    return std::move(*opened);
  }();
  std::int64_t cut_ = 0;
  std::array<Real, kMeters> meters_;
  std::vector<model::Prices> versions_;
  std::map<int, int> version_of_;
  std::deque<Said> spool_;
  std::int64_t taken_ = 0;
  std::deque<wire::Command> inbox_;
  std::set<std::string> seen_;
  std::int64_t counter_ = 0;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> keys_;
  int codes_ = 0;
  std::map<std::int64_t, std::int64_t> notices_;
  bool online_ = false;
  std::string wrong_;
};

}  // namespace anju::platform::ledger_life
