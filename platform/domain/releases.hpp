#pragma once

// Releases of the gateway's program that the office may order. A port: the store implements it. Knows what a release says of itself, never its bytes:
// the files are the caller's business, named by their hash.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/domain/audit.hpp"
#include "platform/domain/scope.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/release.hpp"

namespace anju::platform {

/// On the whole platform; with files of 64 MiB this is what the folder takes at most.
inline constexpr std::int64_t kMostReleases = 50;
/// Of one organisation, so that none uses up what is there for all.
inline constexpr std::int64_t kMostOwnReleases = 10;

struct NewRelease {
  wire::Version version, minimum;
  std::string architecture;
  std::int64_t size = 0;  ///< bytes of the file
  std::string sha256;     ///< of the file, 64 lower-case hex digits
  std::int64_t spool = 1;
  std::optional<std::string> signed_by;  ///< name of the maker's key; nothing: this platform has no keys to check with
  std::string note;
};

struct ReleaseRow {
  std::int64_t id = 0;
  NewRelease release;
  std::string by;
  base::UtcMillis at;
  bool own = true;          ///< false: of an organisation above
  std::int64_t wanted = 0;  ///< gateways that are ordered to it and not done: of the scope, of an own release everybody's, because they hold it (in_use)
};

struct AddedRelease {
  std::int64_t id = 0;
  bool created = true;  ///< false: the same bytes were here
};

/// While it lives the release is not removed.
struct HeldRelease {
  ReleaseRow row;
  std::shared_ptr<void> hold;
};

/// Any thread. Changes write their audit row in the same transaction. An organisation sees its own releases and those of the organisations above it.
/// Error: store_failed, and what each says.
class ReleaseDesk {
 public:
  virtual ~ReleaseDesk() = default;

  /// place(): the file gets its name, durably, before the row is; false: it could not. Also called for the same bytes again, whose file may be lost.
  /// Errors: beyond_rights (release: the scope reaches only some sites, and a release is for all), conflict (version: other bytes of the same version
  /// and architecture), too_many (own_releases: kMostOwnReleases; releases: kMostReleases).
  [[nodiscard]] virtual base::Result<AddedRelease> add(const Scope& scope, const NewRelease& release, const std::function<bool()>& place,
                                                       const AuditEntry& audit) = 0;
  /// Newest first.
  [[nodiscard]] virtual base::Result<std::vector<ReleaseRow>> list(const Scope& scope) = 0;
  /// Error: not_found (release).
  [[nodiscard]] virtual base::Result<HeldRelease> hold(const Scope& scope, std::int64_t id) = 0;
  /// The file that nothing stands for any more, by its hash; empty: another row does.
  /// Errors: not_found (release), beyond_rights (release: of an organisation above, or as of add), in_use (gateways: some are ordered to it).
  [[nodiscard]] virtual base::Result<std::string> remove(const Scope& scope, std::int64_t id, const AuditEntry& audit) = 0;
  /// Hashes of all files that some row stands for.
  [[nodiscard]] virtual base::Result<std::vector<std::string>> files() = 0;
};

}  // namespace anju::platform
