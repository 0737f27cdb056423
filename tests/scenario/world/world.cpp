#include "tests/scenario/world/world.hpp"

#include <algorithm>
#include <utility>

#include "platform/store/ledger_store.hpp"
#include "platform/store/sites.hpp"

namespace anju::scenario {
namespace {

constexpr std::int64_t kNearDialEnd_e4 = 9'999'970'000;

wire::GatewayKeys keys_of(int gateway) {
  return *wire::derive_keys(std::string(63, 'a') + std::to_string(gateway));
}

std::string gateway_code(int i) {
  return "gw-" + std::to_string(i + 1);
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
  for (int i = 0; i < climate_.gateways; ++i) keys[gateway_code(i)] = keys_of(i);
  if (!climate_.database.empty()) {
    platform::NewSite made;
    made.organisation = "Garden";
    made.code = made.name = kSite;
    if (!platform::add_site(climate_.database, made, kStart)) watch_.wrong("the database cannot be made");
  }
  platform_ = std::make_unique<PlatformBox>(site, keys, time_, broker_, climate_.database);
  platform_->witness([this](const platform::Batch& batch) { watch_.committed(platform_->tables(), batch); });
  field_.look([this](const std::string& device) { watch_.look(device); });
  platform_->power_on();
  for (int i = 0; i < climate_.gateways; ++i) {
    const std::size_t known = devices_.size();
    for (int line = 0; line < climate_.lines; ++line) build_line(gateway_code(i), i * climate_.lines + line);
    if (devices_.size() == known) continue;
    gateways_.push_back(std::make_unique<GatewayBox>(gateway_code(i), keys_of(i), time_, broker_, field_));
    watch_.gateway(gateways_.back().get());
    gateways_.back()->witness(
        [this](const std::string& gateway, const wire::Event& event) { watch_.reported(gateway, event); });
    gateways_.back()->hear([this, box = gateways_.back().get()](const std::string& gateway, const wire::Ack* ack, const wire::Command* command) {
      watch_.heard(gateway, ack, command);
      if (ack != nullptr && watch_.has_more(*ack)) box->hears_late();
    });
  }
  found_site();
  end_ = kStart + climate_.length;
  for (auto& box : gateways_) box->power_on();
}

World::~World() = default;

void World::build_line(const std::string& gateway, int line) {
  std::vector<std::string> devices;
  std::vector<sim::Meter> meters;
  for (int i = 0; i < climate_.meters_per_line; ++i) {
    const int number = line * climate_.meters_per_line + i + 1;
    if (!climate_.meters.empty() && !climate_.meters.contains(number)) continue;
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
  if (devices.empty()) return;
  field_.add_line(gateway, "l" + std::to_string(line % climate_.lines + 1), std::move(devices), std::move(meters));
}

void World::found_site() {
  for (const auto& box : gateways_) {
    platform::CreateGateway gateway{kSite, box->code(), box->code(), climate_.reading_minutes, {}};
    for (int line = 0; line < climate_.lines; ++line) {
      gateway.lines.push_back(
          {base::LineId("l" + std::to_string(line + 1)), "tcp://127.0.0.1:2000" + std::to_string(line) + "?baud=9600"});
    }
    ask(order(gateway));
  }
  ask(order(platform::PutPricePlan{0, "total", draw_prices(people_, platform::PlanKind::total)}));
  ask(order(platform::PutPricePlan{0, "tou", draw_prices(people_, platform::PlanKind::tou)}));
  time_.run_for(base::seconds(1));
  for (const auto& device : devices_) register_meter(device);
  time_.run_for(base::seconds(1));
}

void World::register_meter(const std::string& device) {
  const auto& setup = setups_.at(device);
  const int number = std::stoi(device.substr(1)) - 1;
  platform::RegisterMeter what;
  what.gateway = field_.gateway_of(device);
  what.line = "l" + std::to_string(number / climate_.meters_per_line % climate_.lines + 1);
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

std::int64_t World::id_of(const std::string& device) {
  if (const auto known = ids_.find(device); known != ids_.end()) return known->second;
  for (const auto& [id, row] : platform_->tables().meters) {
    if (row.card.device == device) return ids_[device] = id;
  }
  return 0;
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
  ++weathers_;
  broker_.weather({});
  for (const auto& device : devices_) field_.meter(device).clear_fault(std::nullopt, time_.now());
  field_.mend();
  for (auto& box : gateways_) {
    box->power_off_at(Crash::none);
    box->set_clock(base::Millis(0));
    box->disk().full(false);
    box->power_on();
    box->network(true);
  }
  platform_->power_off_at(Crash::none);
  platform_->free_disk();
  platform_->power_on();
  time_.run_for(base::minutes(70));
  // Two histories that were both rewritten may disagree about a relay until the gateway says once more how it stands.
  const bool forked = std::ranges::any_of(gateways_, [](const auto& box) { return !box->ever_forked().empty(); });
  if (restored_ && forked) time_.run_for(gateway::kTellAgainAfter);
  for (const auto& device : devices_) field_.meter(device).set_load(sim::LoadProfile::constant(0), time_.now());
  time_.run_for(base::minutes(2 * climate_.reading_minutes + 15));
}

void World::restore(const Tables& backup) {
  restored_ = true;
  watch_.restored(backup);
  platform_->restore(backup);
  recharged_.clear();
  for (const auto& row : backup.recharges) recharged_[row.key] = row.amount;
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
