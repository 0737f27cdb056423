#include "platform/store/organisation.hpp"

#include <sodium.h>

#include "platform/domain/errc.hpp"
#include "platform/domain/organisation.hpp"
#include "platform/store/question.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

constexpr std::uint32_t kFirstNumber = 100'001, kNumbers = 899'999;
constexpr int kMostDraws = 100;  // with 900 000 of them half taken, a hundred misses in a row do not happen

}  // namespace

std::int64_t next_organisation(soci::session& session) {
  Question newest(session);
  newest.text("SELECT max(id) FROM (SELECT max(id) AS id FROM organisation WHERE id < ").value(kSystemOrganisation);
  newest.text(" UNION ALL SELECT max(organisation) FROM audit WHERE organisation < ").value(kSystemOrganisation);
  return newest.text(") AS had").number() + 1;
}

base::Result<std::string> draw_number(soci::session& session) {
  for (int i = 0; i < kMostDraws; ++i) {
    std::string number = std::to_string(kFirstNumber + randombytes_uniform(kNumbers));
    if (Question(session).text("SELECT count(*) FROM organisation WHERE number = ").value(number).number() == 0) return number;
  }
  return base::fail(Errc::too_many, "organisations");
}

void put_below(soci::session& session, std::int64_t parent, std::int64_t organisation) {
  Statement(session,
            "INSERT INTO organisation_below(ancestor, descendant) SELECT ancestor, CAST(? AS BIGINT) FROM organisation_below WHERE descendant = ?"
            " UNION ALL SELECT CAST(? AS BIGINT), CAST(? AS BIGINT)")
      .write(organisation, parent, parent, organisation);
}

bool is_closed(soci::session& session, std::int64_t organisation) {
  Question closed(session);
  closed.text("SELECT count(*) FROM organisation WHERE (enabled = 0 OR review <> 'approved') AND (id = ").value(organisation);
  return closed.text(" OR id IN (SELECT ancestor FROM organisation_below WHERE descendant = ").value(organisation).text("))").number() != 0;
}

bool login_taken(soci::session& session, std::string_view login) {
  const std::string words(login);
  Question taken(session);
  taken.text("SELECT (SELECT count(*) FROM \"user\" WHERE login = ").value(words).text(" OR phone = ").value(words);
  taken.text(") + (SELECT count(*) FROM organisation WHERE kind IN ('provider', 'property') AND phone = ").value(words);
  return taken.text(")").number() != 0;
}

base::Result<std::int64_t> property_named(soci::session& session, const std::string& name, base::UtcMillis now) {
  Question there(session);
  there.text("SELECT id FROM organisation WHERE kind = 'property' AND parent = ").value(kSystemOrganisation).text(" AND name = ").value(name);
  if (const std::int64_t id = there.text(" ORDER BY id LIMIT 1").number(); id != 0) return id;
  const auto number = draw_number(session);
  if (!number) return base::pass(number);
  const std::int64_t id = next_organisation(session);
  Statement(session,
            "INSERT INTO organisation(id, number, name, kind, parent, review, created_ms, updated_ms) VALUES(?, ?, ?, 'property', ?, 'approved', ?, ?)")
      .write(id, *number, name, kSystemOrganisation, now, now);
  put_below(session, kSystemOrganisation, id);
  return id;
}

}  // namespace anju::platform
