// A week without uplink, with power cuts at random instants, inside the spool's transactions too (world/spooled_box.hpp): the real core, the
// real spool and the real ledger in virtual time. Every event that the spool took arrives once and in order; orders that expired meanwhile
// move nothing; and what a spool that is too small leaves out are interval readings only, and it says since when.

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/scenario/seeds.hpp"
#include "tests/scenario/world/audit.hpp"
#include "tests/scenario/world/platform_box.hpp"
#include "tests/scenario/world/spooled_box.hpp"

namespace anju::scenario {
namespace {

constexpr int kLines = 2, kMetersPerLine = 6;
constexpr std::int64_t kReadingMinutes = 15;
constexpr base::Millis kOutage = base::hours(7 * 24);
constexpr base::Millis kLongestOff = base::minutes(30);
constexpr const char* kGateway = "gw-1";

class WeekSite {
 public:
  WeekSite(std::uint64_t seed, std::int64_t max_mb)
      : seed_(seed),
        dice_(seed * 7 + 1),
        time_(kStart),
        broker_(time_, seed * 7 + 2),
        field_(time_),
        platform_(site(), {{kGateway, keys()}}, time_, broker_),
        box_(kGateway, keys(), max_mb, seed * 7 + 3, time_, broker_, field_) {
    field_.look([this](const std::string& device) {
      if (field_.meter(device).relay().is_open()) opened_.insert(device);
    });
    box_.witness([this](const wire::Event& event) { compare_with_registers(event); });
    platform_.power_on();
    for (int line = 0; line < kLines; ++line) build_line(line);
    found();
    box_.power_on();
  }

  /// An hour with network, the week, and what follows until all is mended and the loads are off.
  void run() {
    time_.run_until(kStart + base::hours(1));
    order_before_the_outage();
    box_.network(false);
    ended_ = time_.now() + kOutage;
    plan_cuts(time_.now(), ended_, 26);
    order_during_the_outage();
    time_.run_until(ended_);
    // While the backlog leaves, too.
    box_.power_on();
    box_.network(true);
    for (int i = 0; i < 6; ++i) {
      time_.run_for(dice_.between(base::Millis(50), base::seconds(8)));
      cut(base::seconds(3));
      time_.run_for(base::seconds(25));
      box_.power_on();
    }
    time_.run_for(base::minutes(30));
    box_.power_on();
    for (const auto& device : devices_) field_.meter(device).set_load(sim::LoadProfile::constant(0), time_.now());
    time_.run_for(base::minutes(2 * kReadingMinutes + 5));
  }

  [[nodiscard]] Findings audit() {
    Findings findings = box_.findings();
    findings.insert(findings.end(), wrong_.begin(), wrong_.end());
    const auto& tables = platform_.tables();
    const auto add = [&findings](const Findings& more) { findings.insert(findings.end(), more.begin(), more.end()); };
    add(audit_stream(tables, kGateway, box_.epoch(), box_.taken(), true));
    add(audit_books(tables));
    if (!tables.quarantined.empty()) findings.push_back(std::to_string(tables.quarantined.size()) + " rows in quarantine: " + tables.quarantined.front().reason);
    const auto& readings = box_.readings();
    if (readings.said != readings.durable + readings.not_taken + readings.lost) {
      findings.push_back("of " + std::to_string(readings.said) + " readings " + std::to_string(readings.durable) + " are durable, " +
                         std::to_string(readings.not_taken) + " were not taken and " + std::to_string(readings.lost) + " lost");
    }
    for (const auto& device : devices_) audit_device(device, findings);
    for (const auto& device : opened_) {
      if (device != "m1") findings.push_back(device + " was cut off by an order that had expired");
    }
    return findings;
  }

  /// Phases that the spool took of orders to this device, in order.
  [[nodiscard]] std::set<wire::CommandPhase> phases_of(const std::string& device) const {
    std::set<wire::CommandPhase> phases;
    for (const auto& event : box_.taken()) {
      const auto* command = std::get_if<wire::CommandEvent>(&*event);
      if (command != nullptr && command->device.value == device) phases.insert(command->phase);
    }
    return phases;
  }
  [[nodiscard]] std::vector<wire::AlarmEvent> alarms(const std::string& code) const {
    std::vector<wire::AlarmEvent> found;
    for (const auto& event : box_.taken()) {
      const auto* alarm = std::get_if<wire::AlarmEvent>(&*event);
      if (alarm != nullptr && alarm->code == code) found.push_back(*alarm);
    }
    return found;
  }
  [[nodiscard]] std::int64_t compared() const { return compared_; }
  [[nodiscard]] const SpooledBox& box() const { return box_; }
  [[nodiscard]] PlatformBox& platform() { return platform_; }
  [[nodiscard]] Timeline& time() { return time_; }
  [[nodiscard]] bool stuck_orders() const { return !platform_.tables().open_commands.empty(); }

 private:
  static platform::Site site() {
    platform::Site site;
    site.owner = {1, 1};
    site.code = kSite;
    return site;
  }
  static wire::GatewayKeys keys() { return *wire::derive_keys(std::string(63, 'a') + "0"); }

  void build_line(int line) {
    std::vector<std::string> devices;
    std::vector<sim::Meter> meters;
    for (int i = 0; i < kMetersPerLine; ++i) {
      const int number = line * kMetersPerLine + i + 1;
      Dice dice(seed_ * 1000 + static_cast<std::uint64_t>(number));
      sim::MeterSetup setup;
      const std::string digits = std::to_string(number);
      setup.address = *dlt645::Address::parse(std::string(12 - digits.size(), '0') + digits);
      setup.start.total = base::Quantity(dice.below(2'000'000) * 100);
      setup.start.tariffs[3] = setup.start.total;
      setup.load = {{{0, 200}, {6 * 60, dice.between(300, 2500)}, {22 * 60, dice.between(100, 900)}}, 20, static_cast<std::uint64_t>(number)};
      setup.clock_offset = base::seconds(dice.between(-30, 30));
      // m2's clock is adrift, so nothing is sent to it before it has told its time: an order cannot act while its answers are lost.
      if (number == 2) setup.clock_offset = base::minutes(20);
      setup.seed = static_cast<std::uint64_t>(number);
      starts_["m" + digits] = setup.start;
      addresses_["m" + digits] = setup.address.text();
      lines_["m" + digits] = "l" + std::to_string(line + 1);
      devices.push_back("m" + digits);
      meters.emplace_back(setup, kStart);
    }
    devices_.insert(devices_.end(), devices.begin(), devices.end());
    field_.add_line(kGateway, "l" + std::to_string(line + 1), std::move(devices), std::move(meters));
  }

  template <class What>
  void ask(What what) {
    platform_.submit({platform::Scope{1}, "wang", time_.now(), std::move(what)}, [this](const platform::Outcome& outcome) {
      if (!outcome) wrong_.push_back("an order of the office is refused: " + std::string(outcome.error().code) + " " + outcome.error().where);
    });
    time_.run_for(base::Millis(50));
  }

  void found() {
    platform::CreateGateway gateway{kSite, kGateway, kGateway, kReadingMinutes, {}};
    for (int line = 1; line <= kLines; ++line) {
      gateway.lines.push_back({base::LineId("l" + std::to_string(line)), "tcp://127.0.0.1:2000" + std::to_string(line) + "?baud=9600"});
    }
    ask(gateway);
    platform::Prices prices;
    prices.kind = platform::PlanKind::total;
    prices.total = base::Price(61'000);
    ask(platform::PutPricePlan{0, "total", prices});
    for (const auto& device : devices_) {
      platform::RegisterMeter what;
      what.gateway = kGateway;
      what.line = lines_.at(device);
      what.device = what.name = device;
      what.address = addresses_.at(device);
      what.profile.preamble = 4;
      what.price_plan = 1;
      what.settings.mode = platform::MeterMode::prepaid;
      what.start.total = starts_.at(device).total;
      what.start.tariffs = starts_.at(device).tariffs;
      ask(what);
    }
    for (const auto& [id, row] : platform_.tables().meters) {
      ids_[row.card.device] = id;
      ask(platform::Recharge{"r" + row.card.device, id, base::Money(10'000'000'000), platform::PayMethod::cash, ""});
    }
  }

  void order(const std::string& device, platform::Ask what) {
    ask(platform::OrderCommand{"k" + std::to_string(++orders_), ids_.at(device), what, "", 0});
  }

  /// m1 is cut off and stays so. m2 hears nothing: the gateway has its order, and may not carry it out when the meter is back. m3: the broker
  /// has the order when the network goes, keeps it for the week, and somebody who owns it keeps it as the topic's retained message as well.
  void order_before_the_outage() {
    order("m1", platform::Ask::trip);
    time_.run_for(base::minutes(2));
    field_.meter("m2").set_fault({sim::FaultKind::silent}, time_.now());
    order("m2", platform::Ask::trip);
    time_.run_for(base::seconds(40));
    if (box_.spool().last_counter() == 0) wrong_.emplace_back("the gateway has no order before the outage");
  }
  void order_during_the_outage() {
    const base::UtcMillis begun = time_.now();
    broker_.record(true);
    time_.run_for(base::seconds(5));
    order("m3", platform::Ask::trip);
    time_.run_for(base::seconds(30));
    const std::string topic = topic_of(kGateway, wire::Channel::command);
    const auto& recorded = broker_.recorded();
    const auto sent = std::ranges::find_if(recorded, [&](const Message& message) {
      if (message.topic != topic) return false;
      const auto body = wire::open(keys().down, topic, message.payload);
      const auto command = wire::decode_command(body ? *body : std::string_view());
      return command && command->device.value == "m3" && command->kind == wire::CommandKind::trip;
    });
    if (sent == recorded.end()) return wrong_.push_back("the order for m3 did not reach the broker");
    const std::string payload = sent->payload;
    (void)broker_.publish("platform", topic, payload, true);
    broker_.record(false);
    // m4: the platform knows that nobody is there, and keeps the order.
    time_.run_until(begun + base::hours(1));
    order("m4", platform::Ask::trip);
    time_.at(begun + base::hours(3), [this] { field_.meter("m2").clear_fault(std::nullopt, time_.now()); });
    // The office has changed its mind: whatever cuts them off from here on is an old order.
    time_.run_until(begun + base::hours(30));
    for (const char* device : {"m2", "m3", "m4"}) order(device, platform::Ask::release);
  }

  /// The power goes: between two steps of the program, or at one of the next things that its disk is asked to do. Sometimes once more while
  /// it starts.
  void cut(base::Millis longest_off) {
    if (!box_.is_on()) return;
    if (dice_.chance(500)) return box_.power_off_at(dice_.between(1, 30));
    box_.power_off();
    if (dice_.chance(400)) box_.power_off_at(dice_.between(1, 8));
    time_.after(dice_.between(base::seconds(1), longest_off), [this] { box_.power_on(); });
  }
  void plan_cuts(base::UtcMillis from, base::UtcMillis to, int count) {
    for (int i = 0; i < count; ++i) {
      time_.at(from + dice_.between(base::minutes(1), (to - base::hours(1)) - from), [this] { cut(kLongestOff); });
    }
  }

  /// What the gateway says it read is what the simulator's register shows, a moment later.
  void compare_with_registers(const wire::Event& event) {
    const auto* together = std::get_if<wire::ReadingsEvent>(&event);
    if (together == nullptr) return;
    for (const auto& reading : together->readings) {
      if (reading.kind != wire::ReadingKind::interval) continue;
      ++compared_;
      const auto behind = field_.now_of(reading.device.value).registers().total.e4 - reading.total.e4;
      // 0.01 kWh of the dial and some seconds of at most 3 kW.
      if (behind < 0 || behind > 200) wrong_.push_back(reading.device.value + " was read " + std::to_string(behind) + " / 10000 kWh below its register");
    }
  }

  void audit_device(const std::string& device, Findings& findings) {
    const auto& tables = platform_.tables();
    const auto& row = tables.meters.at(ids_.at(device));
    const std::int64_t shown = field_.now_of(device).registers().total.e4 / 100 * 100;
    if (row.metering.last.total.e4 != shown) {
      findings.push_back(device + ": the meter shows " + base::format(base::Quantity(shown)) + ", the books " + base::format(row.metering.last.total));
    }
    const auto reported = field_.now_of(device).relay().is_open() ? wire::Relay::open : wire::Relay::closed;
    if (row.supply.relay != reported) findings.push_back(device + ": the platform does not know how the relay stands");
    if ((reported == wire::Relay::open) != (device == "m1")) findings.push_back(device + " is " + std::string(wire::to_string(reported)));

    // No gap unexplained: the box was off, the meter silent, or the spool had said that it is full.
    const auto full = alarms("spool_full");
    base::UtcMillis last = kStart + base::hours(1);
    for (const auto& reading : tables.readings) {
      if (reading.meter != ids_.at(device) || reading.kind != wire::ReadingKind::interval) continue;
      const auto from = std::exchange(last, reading.at);
      const bool silent = device == "m2" && from < kStart + base::hours(5);
      const bool told = std::ranges::any_of(full, [&](const auto& alarm) { return alarm.active && alarm.at <= reading.at; });
      if (reading.at - from <= kLongestOff + base::minutes(3 * kReadingMinutes) || silent || told) continue;
      findings.push_back(device + " has no reading between " + base::format_utc(from) + " and " + base::format_utc(reading.at));
    }
    if (last < time_.now() - base::minutes(2 * kReadingMinutes)) findings.push_back(device + " is not read any more");
  }

  std::uint64_t seed_;
  Dice dice_;
  Timeline time_;
  Broker broker_;
  Field field_;
  PlatformBox platform_;
  SpooledBox box_;
  std::vector<std::string> devices_;
  std::map<std::string, sim::RegisterBlock> starts_;
  std::map<std::string, std::string> addresses_, lines_;
  std::map<std::string, std::int64_t> ids_;
  std::set<std::string> opened_;
  Findings wrong_;
  base::UtcMillis ended_;
  std::int64_t orders_ = 0, compared_ = 0;
};

void judge(WeekSite& site, Tally& tally) {
  const Findings findings = site.audit();
  CHECK_MESSAGE(findings.empty(), join(findings));
  // Whoever was without an answer when his order expired says so, and does nothing.
  CHECK(site.phases_of("m1").contains(wire::CommandPhase::verified));
  const auto given_up = site.phases_of("m2");
  CHECK((given_up.contains(wire::CommandPhase::expired) || given_up.contains(wire::CommandPhase::failed)));
  CHECK(site.phases_of("m3").contains(wire::CommandPhase::expired));
  CHECK_FALSE(site.stuck_orders());
  CHECK(site.box().cuts() > 15);
  CHECK(site.compared() > 7000);
  tally.virtual_s += (site.time().now() - kStart).value / 1000;
  tally.steps += site.time().steps();
  tally.readings += std::ssize(site.platform().tables().readings);
  tally.transfers += std::ssize(site.platform().tables().transfers);
  tally.commits += site.platform().commits();
  tally.crashes += site.box().cuts();
}

}  // namespace

TEST_CASE("week: seven days without uplink and power cuts at random instants: every event arrives once, expired orders move nothing") {
  (void)for_seeds(3, [](std::uint64_t seed, Tally& tally) {
    CAPTURE(seed);
    WeekSite site(seed, 64);
    site.run();
    judge(site, tally);
    CHECK(site.box().readings().not_taken == 0);
    CHECK(site.alarms("spool_full").empty());
  });
}

TEST_CASE("week: a spool that is too small for it leaves out interval readings, says so, and takes everything else") {
  (void)for_seeds(1, [](std::uint64_t seed, Tally& tally) {
    CAPTURE(seed);
    WeekSite site(seed, 1);
    site.run();
    judge(site, tally);
    CHECK(site.box().readings().not_taken > 1000);
    const auto told = site.alarms("spool_full");
    REQUIRE(told.size() >= 2);
    CHECK(told.front().active);
    CHECK_FALSE(told.back().active);
  });
}

}  // namespace anju::scenario
