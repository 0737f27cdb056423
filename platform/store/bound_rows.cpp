#include "platform/store/bound_rows.hpp"

#include <string>

#include "platform/store/message_rows.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

ShareRow read_share(Select& row, base::UtcMillis now) {
  ShareRow share;
  share.id = row.integer();
  share.by = row.text();
  share.created = row.time();
  share.expires = row.time();
  share.uses = row.integer();
  share.used = row.integer();
  const std::string ended = row.text();
  for (std::size_t i = 0; i < kShareStates.size(); ++i)
    if (kShareStates[i] == ended) share.state = static_cast<ShareState>(i);
  if (share.state != ShareState::open) return share;
  if (share.used >= share.uses) {
    share.state = ShareState::used_up;
  } else if (share.expires <= now) {
    share.state = ShareState::expired;
  }
  return share;
}

BoundUser read_user(Select& row) {
  BoundUser user;
  user.id = row.integer();
  user.name = row.text();
  user.mobile = row.text();
  user.language = tongue(row.text());
  user.sms = row.flag();
  return user;
}

}  // namespace

BoundUserList read_bound_users(soci::session& session, std::int64_t meter, base::UtcMillis now) {
  BoundUserList list;
  Question(session)
      .text("SELECT b.id, u.name, u.mobile, u.sms, b.share, b.since_ms, b.until_ms, b.ended FROM bound_meter b JOIN bound_user u ON u.id = b.bound_user WHERE b.meter = ")
      .value(meter)
      .text(" ORDER BY CASE WHEN b.until_ms IS NULL THEN 0 ELSE 1 END, b.id DESC LIMIT ")
      .value(kMostBoundRows)
      .rows([&](Select& row) {
        BoundUserRow& one = list.bound.emplace_back();
        one.id = row.integer();
        one.name = row.text();
        one.mobile = row.text();
        one.sms = row.flag();
        one.share = row.integer();
        one.since = row.time();
        one.until = row.maybe_time();
        one.ended = row.text();
      });
  Question(session)
      .text("SELECT s.id, s.by, s.created_ms, s.expires_ms, s.uses, s.used, s.ended FROM meter_share s WHERE s.meter = ")
      .value(meter)
      .text(" ORDER BY CASE WHEN s.ended = '' AND s.used < s.uses AND s.expires_ms > ")
      .value(now.value)
      .text(" THEN 0 ELSE 1 END, s.id DESC LIMIT ")
      .value(kMostBoundRows)
      .rows([&](Select& row) { list.shares.push_back(read_share(row, now)); });
  return list;
}

std::optional<OpenShare> find_open_share(soci::session& session, const std::string& hash, base::UtcMillis now) {
  return Question(session)
      .text("SELECT s.id, s.organisation, s.site, s.meter, t.name, m.kind, m.address FROM meter_share s JOIN meter m ON m.id = s.meter AND m.site = s.site"
            " AND m.organisation = s.organisation JOIN site t ON t.id = s.site WHERE s.ended = '' AND s.used < s.uses AND s.token_hash = ")
      .value(hash)
      .text(" AND s.expires_ms > ")
      .value(now.value)
      .first([](Select& row) {
        OpenShare share;
        share.id = row.integer();
        share.organisation = row.integer();
        share.site = row.integer();
        share.meter = row.integer();
        share.shown.site = row.text();
        share.shown.kind = row.text();
        share.shown.address = row.text();
        return share;
      });
}

HouseholdOf household_now(soci::session& session, std::int64_t meter, base::UtcMillis now) {
  return Question(session)
      .text("SELECT x.id, x.at_ms FROM opening x WHERE x.meter = ")
      .value(meter)
      .text(std::string(" AND ") + kStillOpen + " ORDER BY x.id DESC LIMIT 1")
      .first([](Select& row) {
        HouseholdOf found;
        found.opening = row.integer();
        found.from = row.time();
        return found;
      })
      .value_or(HouseholdOf{0, now});
}

std::optional<BoundSession> find_bound_session(soci::session& session, const std::string& hash, base::UtcMillis now) {
  auto found = Question(session)
                   .text("SELECT s.token_hash, s.csrf_token, s.created_ms, s.seen_ms, u.id, u.name, u.mobile, u.language, u.sms FROM bound_session s"
                         " JOIN bound_user u ON u.id = s.bound_user WHERE s.token_hash = ")
                   .value(hash)
                   .first([](Select& row) {
                     BoundSession one;
                     one.token_hash = row.text();
                     one.csrf_token = row.text();
                     one.created = row.time();
                     one.seen = row.time();
                     one.user = read_user(row);
                     return one;
                   });
  if (found && (now - found->created >= kBoundAbsolute || now - found->seen >= kBoundIdle)) return std::nullopt;
  return found;
}

std::vector<Subscriber> bound_subscribers(soci::session& session, std::int64_t meter) {
  std::vector<Subscriber> all;
  Question(session)
      .text("SELECT u.name, u.mobile, u.language FROM bound_meter b JOIN bound_user u ON u.id = b.bound_user WHERE b.until_ms IS NULL AND u.sms = 1 AND b.meter = ")
      .value(meter)
      .text(" ORDER BY b.id")
      .rows([&](Select& row) {
        Subscriber& one = all.emplace_back();
        one.name = row.text();
        one.mobile = row.text();
        one.language = tongue(row.text());
        one.kinds = {MessageKind::low_balance_1, MessageKind::low_balance_2};
      });
  return all;
}

}  // namespace anju::platform
