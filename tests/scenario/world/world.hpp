#pragma once

// A site in one process: meters on their lines, gateways, the broker between, the platform, and people who recharge,
// trip, release and change prices. Everything happens in virtual time, out of one seed.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/scenario/world/broker.hpp"
#include "tests/scenario/world/field.hpp"
#include "tests/scenario/world/gateway_box.hpp"
#include "tests/scenario/world/platform_box.hpp"
#include "tests/scenario/world/story.hpp"
#include "tests/scenario/world/watch.hpp"

namespace anju::scenario {

/// 2025-12-28T00:00:00+08:00: longer stories cross a month and a year.
inline constexpr base::UtcMillis kStart{1'766'851'200'000};

/// What goes wrong, and how often. The defaults are a world in which nothing does.
struct Climate {
  int gateways = 2, lines = 2, meters_per_line = 6;
  std::set<int> meters;                      ///< numbers of those that are there; empty: all
  base::Millis length = base::hours(12);     ///< from midnight on
  Weather weather;
  int gateway_kills = 0, platform_kills = 0;  ///< in all, of each gateway and of the platform
  int device_faults = 0, line_faults = 0;     ///< in all
  base::Millis outage{0};                     ///< the first gateway has no network for so long, from 02:00 on
  bool supply =
      true;  ///< false: nothing is cut off and one price stays, so that what is billed does not depend on when it was read
  std::int64_t reading_minutes = 30;
  std::string database = {};  ///< url of an empty one: the platform commits to it as well, and loads from it after every kill
};

class World {
 public:
  World(std::uint64_t seed, const Climate& climate);
  /// The site of a story. database: as in Climate.
  explicit World(const Story& story, std::string database = {});
  ~World();

  /// The time of the climate, then `settle`.
  void run();
  /// What the story says, then `settle`. stop: asked every virtual minute, ends it early.
  void play(const Story& story, const std::function<bool()>& stop = {});
  /// Called with a line for everything that happens from here on.
  void narrate(std::function<void(const std::string& line)> tell);
  /// Everything is mended, people go home; an hour later the loads are switched off, and the last readings come in.
  void settle();
  /// Without faults from here on, but with people.
  void run_for(base::Millis span) { time_.run_for(span); }

  [[nodiscard]] base::Millis age() const;  ///< virtual time since the beginning
  /// What was seen while it ran, and what books, streams, registers and contacts say now.
  [[nodiscard]] Findings audit();

  /// What must not depend on chance when `supply` is off: per device the billed energy, balance and remainder.
  [[nodiscard]] std::map<std::string, std::string> outcome();

  [[nodiscard]] Broker& broker() { return broker_; }
  [[nodiscard]] PlatformBox& platform() { return *platform_; }
  [[nodiscard]] GatewayBox& gateway(std::size_t i) { return *gateways_[i]; }
  [[nodiscard]] Field& field() { return field_; }
  [[nodiscard]] Watch& watch() { return watch_; }
  [[nodiscard]] Timeline& time() { return time_; }
  [[nodiscard]] const std::vector<std::string>& devices() const { return devices_; }
  [[nodiscard]] std::int64_t crashes() const;
  /// The platform goes on from these tables. What people did since is lost with what they were told.
  void restore(const Tables& backup);

  /// Asks until it is answered, whatever is killed meanwhile. `again`: permille that it is asked once more after the
  /// answer.
  void ask(platform::Order order, int again = 0);

 private:
  struct Request {
    platform::Order order;
    int again = 0;
    Dice dice;  ///< of its own: when an answer comes must not change what people do later
    bool answered = false;  ///< ever
    bool waiting = false;   ///< for the answer to the latest asking: what it does may be booked
  };

  static constexpr std::int64_t kTotalPlan = 1, kTouPlan = 2;  ///< the two price plans, as the platform numbers them

  // The site: world.cpp.
  void found_site();
  void build_line(const std::string& gateway, int line);
  void register_meter(const std::string& device);
  [[nodiscard]] std::int64_t id_of(const std::string& device);

  // What a story says: world_story.cpp.
  void happen(const Happening& what);
  void happen_to_meter(const Happening& what, const std::string& device, Dice& dice);
  void happen_to_gateway(const Happening& what, GatewayBox& box, Dice& dice);
  void happen_to_platform(const Happening& what, Dice& dice);
  void prepare(const Happening& what);
  void watch_minutes(const std::function<bool()>& stop);
  void act_out(const Happening& what, const std::string& device, Dice& dice);
  void tell(const std::string& what) const;
  [[nodiscard]] GatewayBox* box_of(int gateway);

  // What people do: world_people.cpp.
  /// Somebody in the office wants this now.
  template <class What>
  [[nodiscard]] platform::Order order(What what) const {
    return {platform::Scope{1}, "wang", time_.now(), std::move(what)};
  }
  void ask_again(const std::shared_ptr<Request>& request);
  void plan_people();
  void act();
  void recharge(Dice& dice, std::int64_t meter, const std::string& key, std::int64_t most);
  void command(Dice& dice, std::int64_t meter, const std::string& key);
  void change_price(Dice& dice);
  void change_settings(Dice& dice, std::int64_t meter);
  void press_buttons();
  [[nodiscard]] std::int64_t any_meter();
  [[nodiscard]] platform::Prices draw_prices(Dice& dice, platform::PlanKind kind) const;
  [[nodiscard]] std::optional<base::UtcMillis> draw_moment(Dice& dice) const;
  void change_plan(Dice& dice, std::int64_t meter);

  // What goes wrong: world_trouble.cpp.
  void plan_kills();
  void kill_gateway(std::size_t i);
  void kill_platform();
  void plan_faults();
  void break_something(Dice& dice, const std::string& device, bool jumps, base::Millis span);

  // What must be true in the end: world_audit.cpp.
  [[nodiscard]] bool is_alarmed(const std::string& code, std::int64_t meter) const;
  void audit_registers(Findings& findings);
  void audit_supply(Findings& findings);
  void audit_people(Findings& findings) const;
  void audit_commands(Findings& findings) const;
  void audit_database(Findings& findings) const;

  std::uint64_t seed_;
  Climate climate_;
  Timeline time_;
  Dice people_, trouble_;
  Broker broker_;
  Field field_;
  Watch watch_;
  std::unique_ptr<PlatformBox> platform_;
  std::vector<std::unique_ptr<GatewayBox>> gateways_;
  std::vector<std::string> devices_;
  std::map<std::string, sim::MeterSetup> setups_;
  std::set<std::string> jumped_;                  ///< devices whose register was put back
  std::map<std::string, base::Money> recharged_;  ///< by key: what people were told is booked
  std::int64_t orders_ = 0, asked_ = 0, unanswered_ = 0;
  base::UtcMillis end_;
  bool healthy_ = false, restored_ = false, stopped_ = false;
  std::function<void(const std::string&)> tell_;
  std::map<std::string, std::int64_t> ids_;  ///< of meters, by device
  std::map<std::string, base::Millis> back_after_;  ///< by gateway, and "platform": so long it stays off
  std::map<std::uint64_t, std::shared_ptr<Tables>> backups_;  ///< by the dice of their happening
  std::int64_t weathers_ = 0;
};

}  // namespace anju::scenario
