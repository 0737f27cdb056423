#pragma once

// One gateway with its real spool, an SQLite file on a disk that loses power (power_cut_disk.hpp): core and window are volatile, and of the
// file is there what the disk kept. It compares what comes back after every cut with what the spool had promised. What it does as
// any box lies in box_parts.hpp. Where a spool in memory is enough, gateway_box.hpp plays more kinds of trouble.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/core/gateway.hpp"
#include "gateway/spool/spool.hpp"
#include "gateway/uplink/window.hpp"
#include "tests/scenario/world/audit.hpp"
#include "tests/scenario/world/box_parts.hpp"
#include "tests/scenario/world/broker.hpp"
#include "tests/scenario/world/field.hpp"
#include "tests/scenario/world/power_cut_disk.hpp"

namespace anju::scenario {

class SpooledBox {
 public:
  using Witness = std::function<void(const wire::Event& event)>;

  SpooledBox(std::string code, const wire::GatewayKeys& keys, std::int64_t max_mb, std::uint64_t seed, Timeline& time, Broker& broker, Field& field);

  /// Called with every event when the core has said it.
  void witness(Witness witness) { witness_ = std::move(witness); }

  void power_on();
  [[nodiscard]] bool is_on() const { return core_ != nullptr; }
  /// The plug is pulled now.
  void power_off() {
    if (is_on()) die();
  }
  /// The power fails at the n-th thing that the disk is asked to do from now on.
  void power_off_at(std::int64_t n) { disk_.fail_at(n); }
  /// Whether the box reaches the broker.
  void network(bool up);

  /// What the spool took, seq 1 first: all of it has to be at the platform in the end.
  [[nodiscard]] const std::vector<Sent>& taken() const { return taken_; }
  [[nodiscard]] const gateway::Spool& spool() const { return *spool_; }  ///< only while it is on
  [[nodiscard]] const std::string& epoch() const { return epoch_; }
  [[nodiscard]] PowerCutDisk& disk() { return disk_; }
  [[nodiscard]] const Findings& findings() const { return findings_; }

  /// What became of readings.
  struct Readings {
    std::int64_t said = 0;       ///< by the core
    std::int64_t durable = 0;    ///< taken by the spool
    std::int64_t not_taken = 0;  ///< the spool was full, and said so
    std::int64_t lost = 0;       ///< on their way to the disk when the power failed: the next reading has the energy
  };
  [[nodiscard]] const Readings& readings() const { return readings_; }
  /// Events other than readings that were on their way to the disk when the power failed.
  [[nodiscard]] std::int64_t lost_others() const { return lost_others_; }
  [[nodiscard]] std::int64_t cuts() const { return disk_.cuts(); }

 private:
  void step(gateway::GatewayEvent event);
  void store();
  void note_taken(std::int64_t last_seq);
  void compare_with_promised();
  void die();
  void wake();
  void connect();
  void receive(const std::string& topic, const std::string& payload);
  void receive(const wire::Ack& ack);
  void pump();
  void tick_window();
  void publish_state(bool online);
  [[nodiscard]] std::string sealed_state(bool online);
  void tick_state(std::int64_t life);
  void wrong(const std::string& what);

  static constexpr std::int64_t kCompared = 300;  ///< of the newest events after each cut; the platform's tables are compared with all of them

  BoxName name_;
  std::string epoch_;
  std::int64_t max_mb_;
  Timeline& time_;
  Broker& broker_;
  Field& field_;
  Witness witness_;
  PowerCutDisk disk_;
  std::vector<Sent> taken_;
  std::vector<wire::Event> pending_;  ///< said, and the spool has not said that it took them
  Readings readings_;
  std::int64_t lost_others_ = 0;
  Findings findings_;
  std::optional<wire::Archive> archive_;  ///< that the spool has accepted
  bool network_ = true, connected_ = false;
  std::int64_t life_ = 0;
  WakeUp wake_;
  WindowTicks window_ticks_;
  std::unique_ptr<gateway::Spool> spool_;
  std::unique_ptr<gateway::Gateway> core_;
  std::optional<gateway::Window> window_;
};

}  // namespace anju::scenario
