#pragma once

// Rows of the catalogue's resources, and the port through which they are read and changed; the store implements it. What lies outside
// of the scope is not there.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "platform/catalog/resource.hpp"
#include "platform/domain/audit.hpp"
#include "platform/domain/queries.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform::catalog {

/// Of a field: nothing given, an integer (also decimals in their last place, flags as 0 or 1, references as ids, dates as
/// days since 1970-01-01), a text (also choices).
using Value = std::variant<std::monostate, std::int64_t, std::string>;

struct Record {
  std::int64_t id = 0;
  std::string site;               ///< code; of place site only
  std::int64_t organisation = 0;  ///< that it belongs to, of an organisation the one above; not of place site
  std::string organisation_name;
  bool enabled = true;
  std::int64_t version = 1;  ///< counts changes; who changes says which one was seen
  base::UtcMillis created, updated;
  std::vector<Value> values;         ///< in the order of the fields
  std::vector<std::string> titles;   ///< of references: what names the row they refer to; otherwise empty
};

/// Where a new row shall be.
struct Home {
  std::string site;                           ///< code; of place site
  std::optional<std::int64_t> organisation = {};  ///< of the other places; absent: the session's own
  std::string secret = {};  ///< of a user the hash of his password: for the resource's rule, never shown
};

struct Listing {
  std::optional<std::string> site;
  std::optional<std::int64_t> organisation;                 ///< only what belongs to it
  std::optional<bool> enabled;
  std::optional<base::UtcMillis> created_from, created_to;  ///< the latter is not included
  std::string search;                                       ///< in any text field that is searched; empty: all
  bool clear = false;                                       ///< also parts of personal fields; otherwise only the whole of one is found
  std::vector<std::pair<const Field*, Value>> equal;        ///< a value each
  struct Days {
    const Field* field;
    std::optional<std::int64_t> from, to;  ///< both included
  };
  std::vector<Days> between;                                ///< dates
  const Field* sort = nullptr;                              ///< nullptr: newest first
  bool descending = false;
  std::int64_t page = 1, size = 20;
};

/// Where a row stands in the order of a listing.
struct Mark {
  std::int64_t id = 0;
  Value sorted_by;  ///< its value of the field that the listing is sorted by
};
[[nodiscard]] Mark mark_of(const Resource& resource, const Listing& listing, const Record& record);

/// A row as an import brings it, checked field by field already.
struct Draft {
  std::vector<Value> values;  ///< of all fields
  std::vector<bool> named;    ///< per field: the file has the column; what it has not is left as it is in a row that is there
};

struct Import {
  std::string site;
  bool update = false;   ///< rows whose unique fields are there already are changed
  bool dry_run = false;  ///< nothing is written
  base::UtcMillis now;
  std::int64_t job = 0;   ///< whose counts grow in the same transaction
  std::int64_t done = 0;  ///< rows of the file, these included
  std::int64_t failed = 0;  ///< of them, those that did not even become drafts since the last time
};

enum class Taken {
  created,
  updated,
  unchanged,  ///< such a row is there already
  exists,     ///< its unique fields are, with something else beside, and `update` was not wanted
  refused,    ///< `error` says why, as create and change do
};
struct Outcome {
  Taken taken = Taken::created;
  std::optional<base::Error> error = {};
};

class Records {
 public:
  virtual ~Records() = default;

  // Blocking; from several threads at once. Error: store_failed.
  [[nodiscard]] virtual base::Result<Page<Record>> list(const Resource& resource, const Scope& scope, const Listing& listing) = 0;
  [[nodiscard]] virtual base::Result<std::int64_t> count(const Resource& resource, const Scope& scope, const Listing& listing) = 0;
  /// The rows behind `after`, at most `most`, without skipping any; page and size do not matter. Rows that were changed meanwhile may come
  /// twice or not at all, as in any list that is read page by page.
  [[nodiscard]] virtual base::Result<std::vector<Record>> batch(const Resource& resource, const Scope& scope, const Listing& listing,
                                                                const std::optional<Mark>& after, std::int64_t most) = 0;
  /// nullopt: not in scope.
  [[nodiscard]] virtual base::Result<std::optional<Record>> find(const Resource& resource, const Scope& scope, std::int64_t id) = 0;

  /// Blocking; from one thread, as the changes below. One transaction for all drafts; each is checked as create
  /// and change check, and those that are refused leave the others alone. An outcome each, in order. Error: store_failed, nothing changed.
  [[nodiscard]] virtual base::Result<std::vector<Outcome>> take(const Resource& resource, const Scope& scope, const Import& import,
                                                                const std::vector<Draft>& drafts) = 0;

  // Blocking; from one thread. Each is one transaction together with its audit row, whose object names the row. Errors, nothing
  // changed: not_found (`where`: site, organisation, the resource, or a reference's field), conflict (`where`: the unique field that is taken; empty:
  // somebody changed the row meanwhile), bad_field (`where`: a reference outside `within`, or against `given_if`, or organisation, when such a
  // one cannot stand below it), disabled (`where`: the field that refers to a disabled row, or organisation), in_use (`where`: the resource that refers to it), store_failed.
  [[nodiscard]] virtual base::Result<std::int64_t> create(const Resource& resource, const Scope& scope, const Home& home,
                                                          const std::vector<Value>& values, const AuditEntry& audit) = 0;
  /// Several at once, all or none. `where` has the row in front: "rows[3].phone".
  struct NewRow {
    Home home;
    std::vector<Value> values;
    std::string detail;  ///< of its audit row
  };
  [[nodiscard]] virtual base::Result<std::vector<std::int64_t>> create_all(const Resource& resource, const Scope& scope,
                                                                           const std::vector<NewRow>& rows, const AuditEntry& audit) = 0;
  /// values: of all fields; those that are fixed are left as they are.
  [[nodiscard]] virtual base::Result<> change(const Resource& resource, const Scope& scope, std::int64_t id, std::int64_t version,
                                              const std::vector<Value>& values, const AuditEntry& audit) = 0;
  [[nodiscard]] virtual base::Result<> enable(const Resource& resource, const Scope& scope, std::int64_t id, bool enabled,
                                              const AuditEntry& audit) = 0;
  [[nodiscard]] virtual base::Result<> remove(const Resource& resource, const Scope& scope, std::int64_t id, const AuditEntry& audit) = 0;
};

}  // namespace anju::platform::catalog
