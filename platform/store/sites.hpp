#pragma once

// The first site of an organisation, and what hangs on a site.

#include <soci/session.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/domain/audit.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// What `init` orders before there is anybody to give orders.
struct NewSite {
  std::string organisation;  ///< name; made when it is not there
  std::string code, name;
  int utc_offset_minutes = 480;
  std::int64_t greatest_power_w = 100'000;
};
struct AddedSite {
  std::int64_t organisation = 0, site = 0;
};
/// Opens, migrates, and has the ledger decide a CreateSite as any other order, with its audit row in the same transaction. who: for
/// that row; nobody: there is none. A site that is there already (same code, same organisation) is answered as it is.
/// Errors: bad_field (code), conflict (code: it belongs to another organisation; name), store_failed.
[[nodiscard]] base::Result<AddedSite> add_site(const std::string& url, const NewSite& site, base::UtcMillis now,
                                               const std::string& who = {});

/// What the rows of a table are to people: the name of their list in REST. Empty: of that table nobody has thought yet.
[[nodiscard]] std::string_view list_of_table(std::string_view table);

/// The name of a list (list_of_table) of which some row refers to the site; nothing when there is none. Looks at every foreign key that
/// points at `site`. Throws soci::soci_error.
[[nodiscard]] base::Result<std::optional<std::string>> find_referrer_of_site(soci::session& session, std::int64_t site);

}  // namespace anju::platform
