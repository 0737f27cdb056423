#pragma once

// What the installer's page asks for and what it is answered. Owns access, what is looked at and the acceptance; everything else it reads from the
// core or asks of it, the switch test, too. No sockets, clock or randomness: they come in as functions.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/core/gateway.hpp"
#include "gateway/local/acceptance.hpp"
#include "gateway/local/accepted.hpp"
#include "gateway/local/access.hpp"
#include "gateway/local/message.hpp"
#include "gateway/local/present.hpp"
#include "protocols/base/result.hpp"

namespace anju::gateway {

/// Momentary values are asked for so long; the page asks again before it is over.
inline constexpr base::Millis kLook = base::seconds(60);
/// The core is asked again for a device's momentary values after so long, however often somebody taps.
inline constexpr base::Millis kLookAgain = base::seconds(20);
/// Orders of people who look, running at one time: the rest of what the core keeps is the platform's.
inline constexpr std::size_t kMostOrders = 16;
/// Devices whose last values are kept; the one looked at longest ago goes.
inline constexpr std::size_t kMostLooked = 8;
/// Switch tests of one acceptance; with their addresses they fit into a request's body.
inline constexpr std::size_t kMostTests = 200;
/// A scan that nobody looks at for so long ends, with what it has found: its line is not read meanwhile. A telephone may rest that long.
inline constexpr base::Millis kForgotten = base::minutes(10);
/// The state of many devices costs, and several phones may look: one answer serves all for so long.
inline constexpr base::Millis kStateKept(1000);

struct LocalPorts {
  std::function<void(GatewayEvent)> feed;  ///< into the core; what comes of it may reach heard() and seen() before it returns
  std::function<base::UtcMillis()> now;
  std::function<base::Millis()> steady;    ///< as of Access
  std::function<std::string()> draw;       ///< kTokenDigits hex digits
  std::function<std::string()> pin;        ///< that holds now; empty: none, nobody comes in
  std::function<LocalFacts()> facts;
  std::function<void(const std::string&)> log;  ///< one line: who came in, what is to be switched
  std::function<base::Result<std::string>()> kept_report;  ///< what keep_report was given last, over restarts; empty: nothing. Error: it cannot be read
  std::function<std::string(const std::string&)> keep_report;  ///< durably, in the place of the one before. Empty: done; else why not
};

class LocalRoutes {
 public:
  /// gateway outlives the routes.
  LocalRoutes(const Gateway& gateway, LocalPorts ports);

  [[nodiscard]] LocalResponse answer(const LocalRequest& request);
  /// About once a second while wants_tick(): what waits for a time goes on.
  void tick();
  [[nodiscard]] bool wants_tick() const;

  // What the core gives out, in its order.
  void heard(const wire::CommandEvent& event);  ///< of a local command
  void heard(const TestState& test);
  void seen(const wire::LiveValues& values);
  void seen(const wire::Event& event);  ///< of the stream: readings of what is looked at

 private:
  struct Looked {
    base::UtcMillis since;  ///< somebody asked last
    std::optional<base::UtcMillis> asked_live;
    base::CommandId live_order, read_order;
    std::string reason;  ///< why the reading came to nothing
    std::optional<wire::LiveValues> live;
    std::optional<wire::Reading> reading;
  };

  LocalResponse log_in(const LocalRequest& request);
  LocalResponse log_out(const LocalRequest& request);
  LocalResponse state();
  LocalResponse devices(const LocalRequest& request);
  LocalResponse device(const LocalRequest& request);
  LocalResponse look(const LocalRequest& request);
  LocalResponse trace(const LocalRequest& request);
  LocalResponse test(const LocalRequest& request);
  LocalResponse begin_test(const LocalRequest& request);
  LocalResponse close_again(const base::DeviceId& device);
  void start_test(const base::DeviceId& device);
  [[nodiscard]] boost::json::value test_json(const TestState* test) const;
  // routes_acceptance.cpp
  LocalResponse acceptance(const LocalRequest& request);
  LocalResponse begin_acceptance(const LocalRequest& request);
  LocalResponse cancel_acceptance(const LocalRequest& request);
  LocalResponse acceptance_report(const LocalRequest& request);
  void advance();
  void test_for_acceptance(const base::DeviceId& id);
  void end_acceptance();
  void keep_report();
  /// The one of this process, running or over; else the one that was kept, which is read when somebody asks for the first time. Null: none.
  [[nodiscard]] const AcceptanceReport* last_report();
  void read_kept_report();
  // routes_scan.cpp
  LocalResponse scan(const LocalRequest& request);
  LocalResponse begin_scan(const LocalRequest& request);
  LocalResponse cancel_scan(const LocalRequest& request);
  LocalResponse scan_result(const LocalRequest& request);
  [[nodiscard]] bool is_scanning() const { return gateway_.scan() != nullptr && !gateway_.scan()->is_over(); }
  /// Answers, and the archive of its line does not have it.
  [[nodiscard]] bool is_unknown(const FoundMeter& meter) const;
  [[nodiscard]] std::vector<UnknownMeter> unknown_meters() const;
  void end_forgotten_scan();

  [[nodiscard]] bool is_running(const base::CommandId& id) const { return orders_.contains(id); }
  /// name: set before the core hears of it, because a refusal comes back at once.
  void order_look(base::CommandId& name, const base::DeviceId& device, wire::CommandKind kind);
  void order(wire::Command command);
  [[nodiscard]] std::string next_name(std::string_view what);

  const Gateway& gateway_;
  LocalPorts ports_;
  Access access_;
  std::map<base::DeviceId, Looked> looked_;
  std::optional<Acceptance> acceptance_;  ///< the last one since the start
  std::string why_not_kept_;              ///< of its report; empty: it is on the disk
  std::optional<AcceptanceReport> kept_;  ///< of the process before
  bool kept_was_read_ = false;
  std::string kept_error_;                ///< what is kept is no report that could be shown
  base::Millis scan_seen_;  ///< when somebody asked about it last
  bool advancing_ = false, again_ = false;
  std::set<base::CommandId> orders_;  ///< of people who look, not finished yet
  std::uint64_t names_ = 0;
  std::string state_;
  std::optional<base::Millis> state_at_;
};

}  // namespace anju::gateway
