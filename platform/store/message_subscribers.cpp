#include <algorithm>

#include "platform/catalog/masking.hpp"
#include "platform/domain/errc.hpp"
#include "platform/store/message_lists.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/question.hpp"
#include "platform/store/rights.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {

std::vector<SubscriberRow> subscriber_rows(soci::session& session, std::int64_t meter) {
  std::vector<SubscriberRow> rows;
  Question(session).text("SELECT number, name, mobile, mail, language, kinds FROM subscriber WHERE meter = ").value(meter).text(" ORDER BY number").rows([&](Select& row) {
    SubscriberRow& one = rows.emplace_back();
    one.number = row.integer();
    one.subscriber.name = row.text();
    one.subscriber.mobile = row.text();
    one.subscriber.mail = row.text();
    one.subscriber.language = tongue(row.text());
    for (const std::string& word : split_words(row.text()))
      if (const auto kind = message_kind(word)) one.subscriber.kinds.push_back(*kind);
  });
  return rows;
}

std::optional<HouseholdContact> household_of(soci::session& session, std::int64_t meter) {
  return Question(session)
      .text("SELECT x.customer, x.mobile FROM opening x WHERE x.meter = ")
      .value(meter)
      .text(std::string(" AND ") + kStillOpen + " ORDER BY x.id DESC LIMIT 1")
      .first([](Select& row) {
        HouseholdContact contact;
        contact.name = row.text();
        contact.mobile = row.text();
        return contact;
      });
}

std::optional<SubscriberList> read_subscribers(soci::session& session, const Scope& scope, std::int64_t meter) {
  if (!meter_in_scope(session, scope, meter)) return std::nullopt;
  SubscriberList list;
  list.version = Question(session).text("SELECT version FROM subscriber_list WHERE meter = ").value(meter).number();
  list.rows = subscriber_rows(session, meter);
  if (const auto household = household_of(session, meter)) list.household = household->mobile;
  return list;
}

base::Result<> write_subscribers(soci::session& session, const Scope& scope, std::int64_t meter, std::int64_t version, const std::vector<SubscriberRow>& rows) {
  const auto before = read_subscribers(session, scope, meter);
  if (!before) return base::fail(Errc::not_found, "meter");
  if (before->version != version) return base::fail(Errc::conflict, "version");
  std::vector<Subscriber> all;
  for (const SubscriberRow& row : rows) {
    Subscriber one = row.subscriber;
    const auto old = std::find_if(before->rows.begin(), before->rows.end(), [&](const SubscriberRow& other) { return row.number != 0 && other.number == row.number; });
    for (std::string Subscriber::*field : {&Subscriber::name, &Subscriber::mobile, &Subscriber::mail}) {
      if (!catalog::is_mask(one.*field)) continue;
      if (old == before->rows.end() || catalog::masked(old->subscriber.*field) != one.*field) return base::fail(Errc::bad_field, "rows");
      one.*field = old->subscriber.*field;
    }
    if (!one.mobile.empty()) {
      const auto number = mobile_of(one.mobile);
      if (!number) return base::fail(Errc::bad_field, "mobile");
      one.mobile = *number;
    }
    if (!one.mail.empty() && !is_mail(one.mail)) return base::fail(Errc::bad_field, "mail");
    if (one.mobile.empty() && one.mail.empty()) return base::fail(Errc::bad_field, "mobile");
    all.push_back(std::move(one));
  }
  Statement(session,
            "INSERT INTO subscriber_list(meter, organisation, site, version) SELECT id, organisation, site, CAST(? AS BIGINT) FROM meter WHERE id = ? ON CONFLICT (meter) DO UPDATE SET"
            " version = excluded.version")
      .write(version + 1, meter);
  Statement(session, "DELETE FROM subscriber WHERE meter = ?").write(meter);
  Statement insert(session, "INSERT INTO subscriber(meter, number, name, mobile, mail, language, kinds) VALUES(?, ?, ?, ?, ?, ?, ?)");
  std::int64_t number = 0;
  for (const Subscriber& one : all) {
    std::string kinds;
    for (const MessageKind kind : one.kinds) (kinds += kinds.empty() ? "" : " ") += to_string(kind);
    insert.write(meter, ++number, one.name, one.mobile, one.mail, to_string(one.language), kinds);
  }
  return {};
}

}  // namespace anju::platform
