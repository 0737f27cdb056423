#pragma once

// A station: water meters or hot-water controllers with a network of their own, so that they speak the platform's wire
// themselves, without a gateway in between. This is the gateway's side of it: stream, acknowledgements, commands, archive,
// state (protocols/wire, ARCHITECTURE.md "The rules"). Pure: what arrived and the time come in, what to keep and to publish comes
// out.
//
// Who runs it keeps `records` for good before it publishes anything of the same output, in this order.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-sim/devices/water_meter.hpp"
#include "firmware-sim/station/station_memory.hpp"
#include "firmware-sim/station/station_order.hpp"
#include "firmware-sim/station/station_stream.hpp"
#include "protocols/base/id.hpp"
#include "protocols/wire/envelope.hpp"
#include "protocols/wire/topic.hpp"

namespace anju::sim {

inline constexpr base::Millis kStateEvery = base::seconds(60);
inline constexpr base::Millis kRenewOnce = base::minutes(10);  ///< two stations under one name would end each other for ever
inline constexpr std::int64_t kClockNews_s = 30, kClockAdrift_s = 300;
inline constexpr std::int64_t kTemperatureNews_dc = 10;  ///< a degree
inline constexpr std::size_t kMostOrders = 256;           ///< running at one time; more are refused
inline constexpr std::size_t kIdsKept = 1'000;            ///< of commands; older ones have an old counter

struct StationSetup {
  base::SiteId site;
  base::GatewayId gateway;
  wire::GatewayKeys keys;
  std::string software = "anju-sim";
  std::vector<WaterSetup> devices;  ///< each address once
};

struct Outgoing {
  std::string topic;
  std::string payload;
  int qos = 1;
  bool retained = false;
};

struct StationOutput {
  std::string records;            ///< to be appended together; empty: nothing to keep
  std::vector<Outgoing> publish;  ///< what cannot be published now may be dropped: it comes again
  std::string renew;              ///< not empty, but why: call renew() with a fresh epoch, and keep snapshot() instead of all before
};

struct StationStatistics {
  std::int64_t bad_messages = 0;  ///< with a wrong code, or not understood
  std::int64_t commands = 0;      ///< accepted
  std::int64_t refused = 0;
};

class Station {
 public:
  /// memory: of an earlier life; without an epoch in it the stream begins under `fresh_epoch`, and counters up to the start's
  /// milliseconds are refused: they rise with the platform's clock, so a recorded order is not carried out a second time.
  Station(StationSetup setup, const StationMemory& memory, const std::string& fresh_epoch, base::UtcMillis start);

  [[nodiscard]] StationOutput connected(base::UtcMillis now);
  void disconnected();
  [[nodiscard]] StationOutput message(std::string_view topic, std::string_view payload, base::UtcMillis now);
  /// To be called several times a second.
  [[nodiscard]] StationOutput tick(base::UtcMillis now);
  [[nodiscard]] StationOutput renew(const std::string& fresh_epoch, base::UtcMillis now);
  /// The end in order: what to keep, and the state as offline.
  [[nodiscard]] StationOutput stop(base::UtcMillis now);

  /// Everything that has to be kept, in place of all records before.
  [[nodiscard]] std::string snapshot() const;
  /// The last will's state: seal it with the time of the connection.
  [[nodiscard]] wire::GatewayState offline_state(base::UtcMillis now) const;
  [[nodiscard]] std::string topic(wire::Channel channel, const base::DeviceId& device = {}) const;
  [[nodiscard]] std::vector<std::string> subscriptions() const;

  /// What a person may do to the devices; they are to be brought to now first.
  [[nodiscard]] std::vector<WaterMeter>& devices() { return devices_; }
  [[nodiscard]] const std::vector<WaterMeter>& devices() const { return devices_; }
  void advance(base::UtcMillis now);
  /// The name that the archive gave this address; empty: it does not know it.
  [[nodiscard]] base::DeviceId id_of(const std::string& address) const;

  [[nodiscard]] const StationSetup& setup() const { return setup_; }
  [[nodiscard]] const StationStream& stream() const { return stream_; }
  [[nodiscard]] const StationStatistics& statistics() const { return statistics_; }
  [[nodiscard]] bool is_connected() const { return connected_; }
  [[nodiscard]] std::int64_t archive_version() const { return archive_ ? archive_->version : 0; }

 private:
  /// One device that the archive knows and this station has.
  struct Known {
    std::size_t index = 0;   ///< into devices_
    std::int64_t slot = -1;  ///< whose reading was taken
    std::optional<wire::StatusEvent> told;
    bool clock_adrift = false;
    base::UtcMillis last_seen;
    std::int64_t ok = 0, timeouts = 0;
  };

  void take(const wire::Archive& archive, base::UtcMillis now, StationOutput& out);
  void assign();
  void take(const wire::Command& command, base::UtcMillis now, StationOutput& out);
  void take(const wire::Ack& ack, base::UtcMillis now, StationOutput& out);
  void resume(base::UtcMillis now, StationOutput& out);
  void run_orders(base::UtcMillis now, StationOutput& out);
  void read_slots(base::UtcMillis now, StationOutput& out);
  void tell_status(base::UtcMillis now, StationOutput& out);
  [[nodiscard]] wire::StatusEvent status_of(const base::DeviceId& id, const Known& known, base::UtcMillis now) const;
  void emit(const wire::Event& event, StationOutput& out);
  void give_up(StationOrder& order, std::string_view reason, base::UtcMillis now, StationOutput& out);
  void done(const base::CommandId& id, StationOutput& out);
  void keep_devices(StationOutput& out);
  void settle(base::UtcMillis now, StationOutput& out);
  void publish(wire::Channel channel, const std::string& body, bool retained, StationOutput& out) const;
  void publish_state(base::UtcMillis now, StationOutput& out);
  [[nodiscard]] wire::GatewayState state(base::UtcMillis now) const;

  StationSetup setup_;
  std::vector<WaterMeter> devices_;
  StationStream stream_;
  std::int64_t counter_ = 0;
  std::vector<StationMemory::Accepted> accepted_;  ///< oldest first, at most kIdsKept
  std::optional<wire::Archive> archive_;
  std::map<base::DeviceId, Known> known_;
  std::vector<StationOrder> orders_;
  std::vector<wire::Command> to_resume_;
  std::set<base::CommandId> refused_ids_;
  std::map<std::string, WaterMeter::Kept> kept_;  ///< as recorded
  StationStatistics statistics_;
  base::UtcMillis started_at_, state_at_, renewed_at_;
  bool connected_ = false, state_wanted_ = false;
  bool fresh_ = false;  ///< epoch and counter are not recorded yet
};

}  // namespace anju::sim
