#pragma once

// A person's rights as the rows say now. All throw soci::soci_error.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/rights.hpp"
#include "protocols/base/result.hpp"

namespace soci {
class session;
}

namespace anju::platform {

/// Words of a column, separated by blanks.
[[nodiscard]] std::vector<std::string> split_words(const std::string& text);

/// nullopt: there is no such person. Whether he is enabled is not asked.
[[nodiscard]] std::optional<Rights> read_rights(soci::session& session, std::int64_t user);

struct Person {
  std::int64_t user = 0;
  Rights rights;
};
/// Who makes a change, with the rights that he has inside this very transaction. nullopt: nobody of that login (the console's own work).
[[nodiscard]] std::optional<Person> person_of(soci::session& session, std::string_view login);

/// May `who` manage that person, as he is at this moment? Error: beyond_rights (where: what).
[[nodiscard]] base::Result<> check_covered(soci::session& session, const Person& who, std::int64_t user, const char* where);

/// Enabled people of the organisation who may everything.
[[nodiscard]] std::int64_t count_administrators(soci::session& session, std::int64_t organisation);

/// After a change. before: what count_administrators said before it. Error: last_administrator.
[[nodiscard]] base::Result<> check_administrators(soci::session& session, std::int64_t organisation, std::int64_t before);

/// A department and all below it.
[[nodiscard]] std::vector<std::int64_t> departments_below(soci::session& session, std::int64_t department);

}  // namespace anju::platform
