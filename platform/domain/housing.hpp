#pragma once

// What the office asks and does about houses beyond lists: which meter is in which room, who lives in a house, which housing sources are
// under prepaid management, and the clerk's search over everything. The port that the store implements. What lies outside of the scope is
// not there.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/audit.hpp"
#include "platform/domain/queries.hpp"
#include "platform/domain/scope.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// Limits of one answer.
inline constexpr std::int64_t kMostHits = 6;           ///< of a kind, at the desk
inline constexpr std::int64_t kMostRoomMeters = 100;   ///< newest first
inline constexpr std::int64_t kMostMembers = 100;      ///< who lives there first
inline constexpr std::int64_t kMostRoomsBelow = 2000;  ///< of a source; more are not imported at once

/// A meter that is in a room, or was.
struct RoomMeter {
  std::int64_t meter = 0;
  std::string name, address;  ///< empty: the meter was taken away
  base::UtcMillis since;
  std::string by;
  std::optional<base::UtcMillis> until;
  std::string until_by;
};

struct HouseMember {
  std::int64_t id = 0, resident = 0;
  std::string name, phone, relation;
  std::optional<std::int64_t> since, until;  ///< days since 1970-01-01
};

/// Something that the desk found. What can be opened: the house, or else the meter, or else the list of its kind.
struct DeskHit {
  std::int64_t id = 0;
  std::string title;
  std::string detail;  ///< what tells it from others of the same title
  std::string phone;   ///< of a person
  std::string community;  ///< name of the site
  std::optional<std::int64_t> house, meter;
  std::optional<base::Money> amount;
  std::optional<base::UtcMillis> at;
};

struct DeskGroup {
  std::string_view kind;      ///< house, resident, room, meter, recharge
  std::vector<DeskHit> rows;  ///< at most kMostHits
  bool more = false;
};

/// A housing source with rooms under prepaid management.
struct PrepaidSource {
  std::int64_t id = 0;
  std::string code, name, type, zone, address, site;
  std::int64_t rooms = 0, rooms_with_meter = 0, meters = 0, gateways = 0;
  base::UtcMillis since;  ///< of the first room
  std::int64_t waiting = 0;  ///< enabled rooms below it that came later and are not imported
};

struct PrepaidFilter {
  std::optional<std::string> search = {};  ///< part of code, name or address
  std::optional<std::string> type = {}, site = {};
  std::optional<std::int64_t> zone = {};
  std::int64_t page = 1, page_size = 20;
};

/// What an import did.
struct Imported {
  std::int64_t rooms = 0;    ///< that came in now
  std::int64_t already = 0;  ///< that were in before
};

class Housing {
 public:
  virtual ~Housing() = default;

  // Blocking; from several threads at once. Error: store_failed.
  /// may: whether the caller has that right; a kind whose right he lacks is left out, and without personal:read people are found by a whole
  /// name or number only. words: 1 to 60 characters.
  [[nodiscard]] virtual base::Result<std::vector<DeskGroup>> desk(const Scope& scope, std::string_view words,
                                                                  const std::function<bool(std::string_view right)>& may) = 0;
  /// nullopt: no such house in scope.
  [[nodiscard]] virtual base::Result<std::optional<std::vector<HouseMember>>> members(const Scope& scope, std::int64_t house) = 0;
  /// nullopt: no such room in scope.
  [[nodiscard]] virtual base::Result<std::optional<std::vector<RoomMeter>>> room_meters(const Scope& scope, std::int64_t room) = 0;
  [[nodiscard]] virtual base::Result<Page<PrepaidSource>> prepaid(const Scope& scope, const PrepaidFilter& filter) = 0;

  // Blocking; from one thread. Each is one transaction together with its audit row.
  /// Ends what the meter is linked to and links it to `room`; nullopt: to none. was: the room that the caller saw it in. Errors, nothing
  /// changed: not_found (meter, room), conflict (empty: it is in another room meanwhile), bad_field (room: of another site), disabled
  /// (room), store_failed.
  [[nodiscard]] virtual base::Result<> move_meter(const Scope& scope, std::int64_t meter, std::optional<std::int64_t> room,
                                                  std::optional<std::int64_t> was, const AuditEntry& audit) = 0;
  /// Brings in all enabled rooms below the source. Errors: not_found (source), disabled (source), bad_field (source: there is no room below
  /// it), too_many (rooms), store_failed.
  [[nodiscard]] virtual base::Result<Imported> import_source(const Scope& scope, std::int64_t source, const AuditEntry& audit) = 0;
  /// Takes its rooms out again; nothing happens to their meters. Errors: not_found (source), store_failed.
  [[nodiscard]] virtual base::Result<> take_out(const Scope& scope, std::int64_t source, const AuditEntry& audit) = 0;
};

}  // namespace anju::platform
