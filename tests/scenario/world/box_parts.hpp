#pragma once

// What every simulated box does alike, whatever its disk is: it wakes up, has ports, and speaks and hears by the broker. The shell's duties are those that
// gateway/core/gateway.hpp names.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/core/gateway.hpp"
#include "gateway/core/stream.hpp"
#include "gateway/uplink/window.hpp"
#include "protocols/wire/envelope.hpp"
#include "protocols/wire/topic.hpp"
#include "tests/scenario/world/broker.hpp"
#include "tests/scenario/world/field.hpp"
#include "tests/scenario/world/timeline.hpp"

namespace anju::scenario {

inline constexpr const char* kSite = "garden";

/// The topic of a gateway's channel.
[[nodiscard]] std::string topic_of(const std::string& gateway, wire::Channel channel, const std::string& device = {});

/// The one timer of the core: of all moments that were asked for the earliest counts, and none of a life that is over.
class WakeUp {
 public:
  explicit WakeUp(Timeline& time) : time_(time) {}
  /// at: by true time; nothing: it need not wake.
  void arm(std::optional<base::UtcMillis> at, std::function<void()> call);
  /// The power is gone.
  void forget();

 private:
  Timeline& time_;
  std::optional<base::UtcMillis> at_;
  std::int64_t order_ = 0;
};

/// Looks at the window once a second while something is in flight.
class WindowTicks {
 public:
  explicit WindowTicks(Timeline& time) : time_(time) {}
  /// tick: looks at the window, if there still is one, and sends what may go.
  void run(const std::optional<gateway::Window>& window, std::function<void()> tick);

 private:
  Timeline& time_;
  bool ticking_ = false;
};

/// Who a box is, by the broker's side.
struct BoxName {
  std::string code;
  wire::GatewayKeys keys;
};

/// What came down and has a good code. monostate: a good code over something that is no message, or none of a box.
using Down = std::variant<std::monostate, wire::Ack, wire::Command, wire::Archive>;
/// Nothing: a bad code.
[[nodiscard]] std::optional<Down> open_down(const BoxName& box, const std::string& topic, const std::string& payload);

/// A session at the broker, with the word of its death.
void connect_box(Broker& broker, const BoxName& box, const std::string& last_will, Broker::Receive receive);
/// Whoever is without network is missed by the broker when the keep-alive has passed, unless he is back by then.
void notice_silence(Timeline& time, Broker& broker, const std::string& code, std::function<bool()> is_back);
/// Publishes the first of these events that fit into a message, from their first number on; the last number that left, 0: not connected.
/// next: the number that the window wants; less than `from`: what was before is gone.
[[nodiscard]] std::int64_t send_up(Broker& broker, const BoxName& box, const std::string& epoch, std::int64_t next, std::int64_t from,
                                   const std::vector<gateway::StoredEvent>& events);
/// Ports and bytes of a step.
void perform(Field& field, const std::string& code, const gateway::GatewayOutput& out, const Field::Hear& hear);

}  // namespace anju::scenario
