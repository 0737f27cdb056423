#include "tests/scenario/world/world.hpp"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "platform/store/ledger_store.hpp"
#include "platform/store/verify.hpp"

namespace anju::scenario {
namespace {

constexpr base::UtcMillis kStart{1'772'294'400'000};  // 2026-03-01T00:00:00+08:00
constexpr int kGateways = 2, kLines = 2, kMetersPerLine = 6;
constexpr std::int64_t kNearDialEnd_e4 = 9'999'970'000;

constexpr std::int64_t kTotalPlan = 1, kTouPlan = 2;

wire::GatewayKeys keys_of(int gateway) {
  return *wire::derive_keys(std::string(63, 'a') + std::to_string(gateway));
}

std::string gateway_code(int i) {
  return "gw-" + std::to_string(i + 1);
}

platform::Prices prices(Dice& dice, platform::PlanKind kind) {
  platform::Prices made;
  made.kind = kind;
  made.total = base::Price(dice.between(40'000, 90'000));
  for (auto& price : made.tariffs) price = base::Price(dice.between(20'001, 130'003));
  return made;
}

}  // namespace

World::World(std::uint64_t seed, const Climate& climate)
    : seed_(seed),
      climate_(climate),
      time_(kStart),
      people_(seed * 4 + 1),
      trouble_(seed * 4 + 2),
      broker_(time_, seed * 4 + 3),
      field_(time_),
      watch_(seed, time_, field_) {
  platform::Site site;
  site.owner = {1, 1};
  site.code = kSite;
  std::map<std::string, wire::GatewayKeys> keys;
  for (int i = 0; i < kGateways; ++i) keys[gateway_code(i)] = keys_of(i);
  std::string database;
  if (climate_.sqlite) {
    folder_.emplace();
    database = folder_->url();
    platform::NewSite made;
    made.organisation = "Garden";
    made.code = made.name = kSite;
    if (!platform::add_site(database, made, kStart)) watch_.wrong("the database cannot be made");
  }
  platform_ = std::make_unique<PlatformBox>(site, keys, time_, broker_, database);
  platform_->witness([this](const platform::Batch& batch) { watch_.committed(platform_->tables(), batch); });
  field_.look([this](const std::string& device) { watch_.look(device); });
  platform_->power_on();
  for (int i = 0; i < kGateways; ++i) {
    for (int line = 0; line < kLines; ++line) build_line(gateway_code(i), line);
    gateways_.push_back(std::make_unique<GatewayBox>(gateway_code(i), keys_of(i), time_, broker_, field_));
    watch_.gateway(gateways_.back().get());
    gateways_.back()->witness(
        [this](const std::string& gateway, const wire::Event& event) { watch_.reported(gateway, event); });
  }
  found_site();
  end_ = kStart + base::hours(climate_.hours);
  for (auto& box : gateways_) box->power_on();
}

World::~World() = default;

World::Folder::Folder() {
  // Memory, where there is such a place: thousands of commits wait for a disk, and this is no test of disks.
  const bool memory = std::filesystem::is_directory("/dev/shm");
  std::string name = (memory ? "/dev/shm" : std::filesystem::temp_directory_path().string()) + "/anju-world-XXXXXX";
  path = ::mkdtemp(name.data());
}
World::Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

void World::build_line(const std::string& gateway, int line) {
  std::vector<std::string> devices;
  std::vector<sim::Meter> meters;
  for (int i = 0; i < kMetersPerLine; ++i) {
    const auto number = static_cast<std::int64_t>(devices_.size()) + 1;
    const std::string device = "m" + std::to_string(number);
    Dice dice(seed_ * 1000 + static_cast<std::uint64_t>(number));
    sim::MeterSetup setup;
    const std::string digits = std::to_string(number);
    setup.address = *dlt645::Address::parse(std::string(12 - digits.size(), '0') + digits);
    setup.start.total = base::Quantity(dice.chance(150) ? kNearDialEnd_e4 : dice.below(2'000'000) * 100);
    // Four registers that sum to the total, as a meter's do.
    std::int64_t rest = setup.start.total.e4;
    for (std::size_t k = 0; k < 3; ++k)
      rest -= (setup.start.tariffs[k] = base::Quantity(setup.start.total.e4 / 500 * 100)).e4;
    setup.start.tariffs[3] = base::Quantity(rest);
    const std::int64_t day = dice.between(300, 2500), evening = dice.between(800, 4000);
    setup.load = {
        {{0, 200}, {6 * 60, day}, {18 * 60, evening}, {22 * 60, day / 2}}, 20, static_cast<std::uint64_t>(number)};
    setup.preamble = static_cast<std::size_t>(dice.below(5));
    setup.response_delay = base::Millis(dice.between(20, 300));
    setup.relay_delay = base::Millis(dice.between(100, 1500));
    setup.clock_offset = base::seconds(dice.between(-120, 120));
    setup.clock_drift_ppm = dice.between(-30, 30);
    setup.seed = static_cast<std::uint64_t>(number);
    setups_[device] = setup;
    devices_.push_back(device);
    devices.push_back(device);
    meters.emplace_back(setup, kStart);
  }
  field_.add_line(gateway, "l" + std::to_string(line + 1), std::move(devices), std::move(meters));
}

template <class What>
platform::Order World::order(What what) {
  return {1, "wang", time_.now(), std::move(what)};
}

void World::found_site() {
  for (int i = 0; i < kGateways; ++i) {
    platform::CreateGateway gateway{kSite, gateway_code(i), gateway_code(i), climate_.reading_minutes, {}};
    for (int line = 0; line < kLines; ++line) {
      gateway.lines.push_back(
          {base::LineId("l" + std::to_string(line + 1)), "tcp://127.0.0.1:2000" + std::to_string(line) + "?baud=9600"});
    }
    ask(order(gateway));
  }
  ask(order(platform::PutPricePlan{0, "total", prices(people_, platform::PlanKind::total)}));
  ask(order(platform::PutPricePlan{0, "tou", prices(people_, platform::PlanKind::tou)}));
  time_.run_for(base::seconds(1));
  for (const auto& device : devices_) register_meter(device);
  time_.run_for(base::seconds(1));
}

void World::register_meter(const std::string& device) {
  const auto& setup = setups_.at(device);
  const int number = std::stoi(device.substr(1)) - 1;
  platform::RegisterMeter what;
  what.gateway = field_.gateway_of(device);
  what.line = "l" + std::to_string(number / kMetersPerLine % kLines + 1);
  what.device = what.name = device;
  what.address = setup.address.text();
  what.profile.preamble = 4;
  if (number % 7 == 3) what.profile.close = wire::CloseMethod::permit;
  what.price_plan = number % 2 == 0 ? kTotalPlan : kTouPlan;
  what.settings.mode = climate_.supply ? platform::MeterMode::prepaid : platform::MeterMode::reading;
  what.settings.overdraft = base::Money(number % 3 == 0 ? 2'000'000 : 0);
  what.settings.alarm_1 = base::Money(8'000'000);
  what.settings.alarm_2 = base::Money(3'000'000);
  what.start.total = setup.start.total;
  if (number % 5 != 4) what.start.tariffs = setup.start.tariffs;
  ask(order(what));
}

// People.

void World::ask(platform::Order order, int again) {
  ++unanswered_;
  const Dice dice(seed_ * 100'000 + static_cast<std::uint64_t>(++asked_));
  ask_again(std::make_shared<Request>(Request{std::move(order), again, dice, false}));
}

void World::ask_again(const std::shared_ptr<Request>& request) {
  platform_->submit(request->order, [this, request](const platform::Outcome& outcome) {
    if (const auto* recharge = std::get_if<platform::Recharge>(&request->order.what)) {
      if (!outcome)
        return watch_.wrong("recharge " + recharge->key + " is refused: " + std::string(outcome.error().code));
      const auto& answer = std::get<platform::Recharged>(*outcome);
      if (answer.amount != recharge->amount) watch_.wrong("recharge " + recharge->key + " answers another amount");
      if (request->answered && answer.created && !restored_) watch_.wrong("recharge " + recharge->key + " was created twice");
      recharged_[recharge->key] = recharge->amount;
    }
    if (!std::exchange(request->answered, true)) --unanswered_;
    if (request->dice.chance(std::exchange(request->again, request->again / 2))) {
      time_.after(request->dice.between(base::Millis(1), base::hours(2)), [this, request] { ask_again(request); });
    }
  });
  if (request->answered) return;
  time_.after(base::seconds(20), [this, request] {
    if (!request->answered) ask_again(request);
  });
}

std::int64_t World::id_of(const std::string& device) const {
  for (const auto& [id, row] : platform_->tables().meters) {
    if (row.card.device == device) return id;
  }
  return 0;
}

std::int64_t World::any_meter() {
  return id_of(devices_[static_cast<std::size_t>(people_.below(static_cast<std::int64_t>(devices_.size())))]);
}

void World::plan_people() {
  time_.after(people_.between(base::minutes(1), base::minutes(30)), [this] {
    if (healthy_) return;
    act();
    plan_people();
  });
}

void World::act() {
  const std::int64_t meter = any_meter();
  const std::string key = "k" + std::to_string(++orders_);
  const auto dice = people_.below(100);
  if (!climate_.supply || dice < 45) {
    const auto method = static_cast<platform::PayMethod>(people_.below(5));
    ask(order(platform::Recharge{key, meter, base::Money(people_.between(1, 15'000'000)), method, ""}), 400);
  } else if (dice < 70) {
    constexpr std::array kAsks{platform::Ask::trip,          platform::Ask::release,        platform::Ask::trip,
                               platform::Ask::release,       platform::Ask::read,           platform::Ask::set_clock,
                               platform::Ask::keep_power_on, platform::Ask::keep_power_off, platform::Ask::live};
    const auto what = kAsks[static_cast<std::size_t>(people_.below(static_cast<std::int64_t>(kAsks.size())))];
    ask(order(platform::OrderCommand{key, meter, what, "", what == platform::Ask::live ? 30 : 0}), 300);
  } else if (dice < 80) {
    const bool tou = people_.chance(500);
    ask(order(platform::PutPricePlan{tou ? kTouPlan : kTotalPlan, tou ? "tou" : "total",
                                     prices(people_, tou ? platform::PlanKind::tou : platform::PlanKind::total)}));
  } else if (dice < 88) {
    ask(order(platform::ChangePricePlan{meter, people_.chance(500) ? kTouPlan : kTotalPlan}));
  } else {
    platform::ChangeSettings what{meter, "meter", std::nullopt, {}};
    what.settings.auto_trip = !people_.chance(150);
    what.settings.mode = people_.chance(100) ? platform::MeterMode::reading : platform::MeterMode::prepaid;
    what.settings.overdraft = base::Money(people_.below(5'000'000));
    what.settings.alarm_1 = base::Money(8'000'000);
    what.settings.alarm_2 = base::Money(3'000'000);
    ask(order(what));
  }
}

void World::press_buttons() {
  time_.after(base::minutes(5), [this] {
    for (const auto& device : devices_) {
      if (field_.meter(device).relay().waits_for_button()) (void)field_.meter(device).press_button(time_.now());
    }
    press_buttons();
  });
}

// What goes wrong.

void World::kill_gateway(std::size_t i) {
  GatewayBox& box = *gateways_[i];
  box.power_off_at(trouble_.chance(500) ? Crash::before_commit : Crash::after_commit);
  time_.after(trouble_.between(base::seconds(1), base::minutes(20)), [&box] { box.power_on(); });
}

void World::kill_platform() {
  platform_->power_off_at(trouble_.chance(500) ? Crash::before_commit : Crash::after_commit);
  time_.after(trouble_.between(base::seconds(1), base::minutes(10)), [this] { platform_->power_on(); });
}

void World::plan_kills() {
  const std::int64_t span = (end_ - time_.now()).value;
  for (int n = 0; n < climate_.gateway_kills; ++n) {
    for (std::size_t i = 0; i < gateways_.size(); ++i) {
      time_.after(base::Millis(trouble_.below(span)), [this, i] { kill_gateway(i); });
    }
  }
  for (int n = 0; n < climate_.platform_kills; ++n) {
    time_.after(base::Millis(trouble_.below(span)), [this] { kill_platform(); });
  }
}

void World::plan_faults() {
  const std::int64_t span = (end_ - time_.now()).value;
  for (int n = 0; n < climate_.device_faults; ++n) {
    time_.after(base::Millis(trouble_.below(span)), [this] { break_something(); });
  }
  for (int n = 0; n < climate_.line_faults; ++n) {
    time_.after(base::Millis(trouble_.below(span)), [this] {
      field_.cut(static_cast<std::size_t>(trouble_.below(static_cast<std::int64_t>(field_.lines()))),
                 trouble_.between(base::seconds(1), base::minutes(30)));
    });
  }
}

void World::break_something() {
  const auto& device = devices_[static_cast<std::size_t>(trouble_.below(static_cast<std::int64_t>(devices_.size())))];
  sim::Fault fault;
  switch (trouble_.below(10)) {
    case 0: fault = {sim::FaultKind::silent, 0, 1}; break;
    case 1: fault = {sim::FaultKind::silent_first, trouble_.between(1, 5), 1}; break;
    case 2: fault = {sim::FaultKind::late, trouble_.between(500, 3000), 2}; break;
    case 3: fault = {sim::FaultKind::wrong_checksum, 0, 2}; break;
    case 4: fault = {sim::FaultKind::noise, trouble_.between(1, 30), 1}; break;
    case 5: fault = {sim::FaultKind::half_frame, 0, 3}; break;
    case 6: fault = {sim::FaultKind::relay_stuck, 0, 1}; break;
    case 7: fault = {sim::FaultKind::clock_adrift, trouble_.between(-7200, 7200), 1}; break;
    default: fault = {sim::FaultKind::register_jump, trouble_.between(1, 300) * 100, 1}; break;
  }
  sim::Meter& meter = field_.meter(device);
  // These two change the registers themselves, so they have no place in a comparison of what is billed.
  if (!climate_.supply && (fault.kind == sim::FaultKind::register_jump || fault.kind == sim::FaultKind::clock_adrift))
    return;
  if (fault.kind == sim::FaultKind::register_jump) {
    meter.advance(time_.now());
    if (meter.registers().total.e4 < fault.value) return;
    jumped_.insert(device);
  }
  meter.set_fault(fault, time_.now());
  time_.after(trouble_.between(base::minutes(5), base::hours(4)),
              [this, device, kind = fault.kind] { field_.meter(device).clear_fault(kind, time_.now()); });
}

std::int64_t World::crashes() const {
  std::int64_t sum = platform_->crashes();
  for (const auto& box : gateways_) sum += box->crashes();
  return sum;
}

void World::run() {
  broker_.weather(climate_.weather);
  plan_people();
  plan_kills();
  plan_faults();
  press_buttons();
  if (climate_.outage.value > 0) {
    time_.at(kStart + base::hours(2), [this] { gateways_.front()->network(false); });
    time_.at(kStart + base::hours(2) + climate_.outage, [this] { gateways_.front()->network(true); });
  }
  time_.run_until(end_);
  settle();
}

void World::settle() {
  healthy_ = true;
  broker_.weather({});
  for (const auto& device : devices_) field_.meter(device).clear_fault(std::nullopt, time_.now());
  for (auto& box : gateways_) {
    box->power_off_at(Crash::none);
    box->power_on();
    box->network(true);
  }
  platform_->power_off_at(Crash::none);
  platform_->power_on();
  time_.run_for(base::minutes(70));
  for (const auto& device : devices_) field_.meter(device).set_load(sim::LoadProfile::constant(0), time_.now());
  time_.run_for(base::minutes(2 * climate_.reading_minutes + 15));
}

void World::restore(const Tables& backup) {
  restored_ = true;
  platform_->restore(backup);
  recharged_.clear();
  for (const auto& row : backup.recharges) recharged_[row.key] = row.amount;
}

// What must be true in the end.

Findings World::audit() {
  Findings findings = watch_.findings();
  const auto& tables = platform_->tables();
  Findings end = audit_books(tables);
  for (const auto& box : gateways_) {
    auto more = audit_stream(tables, box->code(), box->spool().epoch(), box->spool().events(), true);
    end.insert(end.end(), more.begin(), more.end());
    for (const auto& ended : box->ended()) {
      more = audit_stream(tables, box->code(), ended.epoch, ended.events, false);
      end.insert(end.end(), more.begin(), more.end());
    }
  }
  audit_registers(end);
  audit_supply(end);
  audit_people(end);
  audit_commands(end);
  audit_database(end);
  for (auto& finding : end) findings.push_back("seed " + std::to_string(seed_) + ", at the end: " + std::move(finding));
  return findings;
}

void World::audit_registers(Findings& findings) {
  for (const auto& device : devices_) {
    const auto& row = platform_->tables().meters.at(id_of(device));
    const std::int64_t shown = field_.now_of(device).registers().total.e4 / 100 * 100;  // the dial has hundredths
    const std::int64_t booked = row.metering.last.total.e4;
    if (booked == shown) continue;
    const std::string text = device + ": the meter shows " + base::format(base::Quantity(shown)) +
                             " kWh, the books stand at " + base::format(base::Quantity(booked));
    // A register that was put back is not believed before it is above the last good reading again; under a time-of-use
    // plan the tariffs, which were not put back, then exceed the total for good. A person is told and has to look.
    if (!jumped_.contains(device) || row.metering.quarantined == 0) findings.push_back(text);
  }
}

void World::audit_supply(Findings& findings) {
  for (const auto& device : devices_) {
    const auto& row = platform_->tables().meters.at(id_of(device));
    const auto& account = platform_->tables().accounts.at(row.card.account).account;
    const bool open = field_.now_of(device).relay().is_open();
    const bool keep_power = field_.now_of(device).relay().keep_power();
    const bool in_arrears = row.card.settings.mode == platform::MeterMode::prepaid && row.card.settings.auto_trip &&
                            row.supply.moved && !keep_power && account.balance <= -row.card.settings.overdraft;
    const std::string state = " (balance " + base::format(account.balance) + ", threshold " +
                              base::format(-row.card.settings.overdraft) + ", reason " +
                              std::string(to_string(row.supply.reason)) + ", ordered " +
                              std::string(to_string(row.supply.ordered)) + ")";
    // A backup knows nothing of a cut-off that came after it. Nobody may close what a person has perhaps opened: one is told.
    const bool told = restored_ && row.supply.ordered == platform::RelayOrder::nothing && is_alarmed("opened_by_hand", row.card.id);
    if (open && !row.supply.forced && !in_arrears && !told) findings.push_back(device + " is left without power" + state);
    if (!open && row.supply.forced) findings.push_back(device + " was tripped by hand and has power" + state);
    if (!open && in_arrears) findings.push_back(device + " is in arrears and has power" + state);
    const auto reported = open ? wire::Relay::open : wire::Relay::closed;
    if (row.supply.relay != reported)
      findings.push_back(device + ": the platform does not know how the relay stands" + state);
  }
}

bool World::is_alarmed(const std::string& code, std::int64_t meter) const {
  return std::ranges::any_of(platform_->tables().alarms, [&](const auto& entry) {
    return entry.second.active && entry.second.code == code && entry.second.meter == meter;
  });
}

void World::audit_people(Findings& findings) const {
  if (unanswered_ != 0) findings.push_back(std::to_string(unanswered_) + " orders were never answered");
  std::map<std::string, base::Money> booked;
  for (const auto& row : platform_->tables().recharges) booked[row.key] = row.amount;
  if (booked != recharged_) findings.push_back("what people were told about their recharges is not what is booked");
}

void World::audit_commands(Findings& findings) const {
  const auto& tables = platform_->tables();
  for (const auto& box : gateways_) {
    if (restored_) break;
    for (const auto& known : box->journal()) {
      const auto attempt = platform::parse_wire_id(known.command.id.value);
      if (!attempt || !tables.commands.contains(attempt->command)) {
        findings.push_back("command " + known.command.id.value + " was carried out, but never stored");
      }
    }
  }
}

void World::audit_database(Findings& findings) const {
  if (!folder_) return;
  const auto checks = platform::verify(folder_->url(), time_.now());
  if (!checks) return findings.push_back("the database cannot be checked: " + checks.error().where);
  for (const auto& check : *checks) {
    if (check.wrong != 0) findings.push_back(check.name + " in the database: " + check.first.front());
  }
}

std::map<std::string, std::string> World::outcome() {
  std::map<std::string, std::string> outcome;
  for (const auto& device : devices_) {
    const auto& row = platform_->tables().meters.at(id_of(device));
    const auto& account = platform_->tables().accounts.at(row.card.account).account;
    outcome[device] = base::format(row.metering.last.total) + " kWh, " + base::format(account.balance) + " yuan and " +
                      std::to_string(account.remainder_nano) + " nano-yuan";
  }
  return outcome;
}

}  // namespace anju::scenario
