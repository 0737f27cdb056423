#pragma once

// A person's rights as the rows say now. All throw soci::soci_error.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
/// Who makes a change, with the rights that he has inside this very transaction. nullopt: nobody of that login who is enabled.
[[nodiscard]] std::optional<Person> person_of(soci::session& session, std::string_view login);

/// The same, and he still holds the permission: a password is hashed in a queue, and meanwhile rights are taken away. Error: beyond_rights.
[[nodiscard]] base::Result<Person> asking(soci::session& session, std::string_view login, std::string_view permission);

/// May `who` manage that person, as he is at this moment? Error: beyond_rights (where: what).
[[nodiscard]] base::Result<> check_covered(soci::session& session, const Person& who, std::int64_t user, const char* where);

/// What these people may, before something is changed that they all depend on, such as a role or a department's communities.
using Held = std::vector<std::pair<std::int64_t, Rights>>;
[[nodiscard]] Held held_by(soci::session& session, const std::vector<std::int64_t>& people);
/// After it: whoever's rights it changed, `who` may manage as they were and as they are. Error: beyond_rights (where: "users").
[[nodiscard]] base::Result<> check_changed(soci::session& session, const Person& who, const Held& before);

/// Enabled people of the organisation who may everything.
[[nodiscard]] std::int64_t count_administrators(soci::session& session, std::int64_t organisation);

/// After a change. before: what count_administrators said before it. Error: last_administrator.
[[nodiscard]] base::Result<> check_administrators(soci::session& session, std::int64_t organisation, std::int64_t before);

/// A department and all below it.
[[nodiscard]] std::vector<std::int64_t> departments_below(soci::session& session, std::int64_t department);

/// The people of the department and of those above it, who may reach it.
[[nodiscard]] std::vector<std::int64_t> people_of_department(soci::session& session, std::int64_t department);

}  // namespace anju::platform
