#pragma once

// All meters in memory, as far as lists ask for them: what they are filtered, searched and sorted by. A scan of a million takes some
// milliseconds whatever is asked, also for words of one letter and pages in the middle, which no index of a database does. What a page
// shows comes from the database, by the ids that are found here. Knows no database; meter_feed.hpp keeps it up to date. Not thread-safe.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/queries.hpp"
#include "platform/domain/supply.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::platform {

/// What is known of a meter here.
struct MeterEntry {
  std::int64_t id = 0, organisation = 0;
  std::int32_t site = 0, gateway = 0, plan = 0;
  MeterMode mode = MeterMode::prepaid;
  wire::Relay relay = wire::Relay::unknown;
  AccountState account = AccountState::normal;
  wire::MeterKind kind = wire::MeterKind::electricity;
  bool reachable = false;  ///< on its line; that the gateway is online, too, is asked for with the question
  std::string name, room, address, device;
};

/// absent: whatever it is.
struct MeterQuestion {
  std::int64_t organisation = 0;
  std::optional<std::vector<std::int64_t>> sites = {};  ///< one of these; none: no meter
  std::optional<std::int64_t> site = {}, gateway = {}, plan = {};
  std::optional<MeterMode> mode = {};
  std::optional<wire::Relay> relay = {};
  std::optional<AccountState> account = {};
  std::optional<wire::MeterKind> kind = {};
  std::optional<bool> reachable = {};
  std::vector<std::int64_t> silent = {};                ///< gateways that are offline: their meters are not reachable
  std::optional<std::vector<std::int64_t>> among = {};  ///< one of these ids
  std::string words = {};                               ///< part of name, room, address or device; ASCII letters of either case are the same
  MeterOrder order = MeterOrder::id;
  bool descending = false;
  std::int64_t offset = 0, limit = 20;
};

struct MetersFound {
  std::int64_t total = 0;
  std::vector<std::int64_t> ids;  ///< of the page, in its order
};

class MeterDirectory {
 public:
  /// A meter as it is now; entry absent: it is gone.
  struct Change {
    std::int64_t id = 0;
    std::optional<MeterEntry> entry;
  };

  MeterDirectory();
  ~MeterDirectory();
  MeterDirectory(const MeterDirectory&) = delete;
  MeterDirectory& operator=(const MeterDirectory&) = delete;

  /// Loading: everything goes, then one after the other with ids that grow, then `loaded`.
  void clear();
  void add(const MeterEntry& entry);
  void loaded();

  /// False: cannot be taken in one by one (a new meter below older ones of its organisation), load all of them anew.
  [[nodiscard]] bool change(std::vector<Change> changes);

  [[nodiscard]] MetersFound ask(const MeterQuestion& question) const;
  /// How many of the meters asked for have which price plan; order and page mean nothing.
  [[nodiscard]] std::map<std::int64_t, std::int64_t> count_by_plan(const MeterQuestion& question) const;
  [[nodiscard]] std::int64_t size() const;

 private:
  class Part;  ///< the meters of one organisation
  Part& part_of(std::int64_t organisation);
  template <class Answer, class Work>
  [[nodiscard]] Answer in_part(const MeterQuestion& question, Work&& work) const;
  std::map<std::int64_t, std::unique_ptr<Part>> parts_;
};

/// Where `words` stand in `text`, from `from` on; npos: nowhere. Faster than std::string_view::find where the first letter is frequent.
[[nodiscard]] std::size_t find_words(std::string_view text, std::string_view words, std::size_t from);

}  // namespace anju::platform
