#include <algorithm>

#include "platform/domain/errc.hpp"
#include "platform/store/message_lists.hpp"
#include "platform/store/question.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

using Sites = std::optional<std::vector<std::int64_t>>;

/// Ids of the sites that it reaches; nothing: all of the organisation.
base::Result<Sites> reached(soci::session& session, const Scope& scope, const NewAnnouncement& announcement) {
  if (!announcement.sites) return Sites(scope.sites);
  std::vector<std::int64_t> ids;
  for (const std::string& code : *announcement.sites) {
    Question site(session);
    const std::int64_t id = site.text("SELECT t.id FROM community t WHERE ").within(scope, "t", "id").text(" AND t.code = ").value(code).number();
    if (id == 0) return base::fail(Errc::not_found, "sites");
    ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return Sites(std::move(ids));
}

std::int64_t count_households(soci::session& session, std::int64_t organisation, const Sites& sites) {
  if (sites && sites->empty()) return 0;
  Question count(session);
  count.text(std::string("SELECT count(DISTINCT ") + kMobile + ") FROM opening x WHERE x.mobile <> '' AND ").belonging(organisation, "x");
  if (sites) count.among(" AND x.site", *sites);
  return count.text(std::string(" AND ") + kStillOpen).number();
}

constexpr const char* kAnnouncement =
    "SELECT a.id, m.title, m.text, a.sites, a.sms, a.inbox, a.households, a.staff, (SELECT count(*) FROM delivery d WHERE d.message = a.message),"
    " (SELECT count(*) FROM delivery d WHERE d.message = a.message AND d.state = 'sent'), a.by, a.at_ms FROM announcement a JOIN message m ON m.id = a.message WHERE ";

AnnouncementRow read_row(soci::session& session, Select& row) {
  AnnouncementRow one;
  one.id = row.integer();
  one.title = row.text();
  one.text = row.text();
  const auto sites = sites_of(row.text());
  one.sms = row.flag();
  one.inbox = row.flag();
  one.households = row.integer();
  one.staff = row.integer();
  one.made = row.integer();
  one.sent = row.integer();
  one.by = row.text();
  one.at = row.time();
  if (!sites) return one;
  one.sites.emplace();
  for (const std::int64_t site : *sites)
    if (auto code = Question(session).text("SELECT code FROM site WHERE id = ").value(site).first([](Select& found) { return found.text(); }))
      one.sites->push_back(std::move(*code));
  return one;
}

/// Who sees some sites sees what he wrote himself and what went to his sites only: simply those whose sites he all sees.
bool seen(const Scope& scope, const std::string& sites) {
  if (!scope.sites) return true;
  const auto of = sites_of(sites);
  return of && std::all_of(of->begin(), of->end(), [&](std::int64_t site) { return scope.covers(scope.organisation, site); });
}

std::vector<std::int64_t> seen_ids(soci::session& session, const Scope& scope) {
  std::vector<std::int64_t> ids;
  Question(session).text("SELECT a.id, a.sites FROM announcement a WHERE ").belonging(scope.organisation, "a").text(" ORDER BY a.id DESC").rows([&](Select& row) {
    const std::int64_t id = row.integer();
    if (seen(scope, row.text())) ids.push_back(id);
  });
  return ids;
}

}  // namespace

base::Result<AnnouncementCount> count_announcement(soci::session& session, const Scope& scope, const NewAnnouncement& announcement) {
  const auto sites = reached(session, scope, announcement);
  if (!sites) return base::pass(sites);
  AnnouncementCount count;
  if (announcement.sms) count.households = count_households(session, scope.organisation, *sites);
  if (announcement.inbox) count.staff = static_cast<std::int64_t>(StaffReach(session).at(scope.organisation, *sites).size());
  count.sms_remaining = read_stock(session, scope.organisation).remaining;
  return count;
}

base::Result<std::int64_t> write_announcement(soci::session& session, InboxWriter& inboxes, const Scope& scope, const NewAnnouncement& announcement,
                                              const std::string& by, base::UtcMillis now) {
  const auto sites = reached(session, scope, announcement);
  if (!sites) return base::pass(sites);
  const std::string reach = text_of(*sites);
  struct Known {
    std::int64_t id;
    bool same;
  };
  Question before(session);
  before.text("SELECT a.id, a.sites, a.sms, a.inbox, m.title, m.text FROM announcement a JOIN message m ON m.id = a.message WHERE ");
  before.belonging(scope.organisation, "a").text(" AND a.key = ").value(announcement.key);
  const auto known = before.first([&](Select& row) {
    Known one{row.integer(), true};
    one.same = row.text() == reach;
    one.same = (row.flag() == announcement.sms) && one.same;
    one.same = (row.flag() == announcement.inbox) && one.same;
    one.same = (row.text() == announcement.title) && one.same;
    one.same = (row.text() == announcement.text) && one.same;
    return one;
  });
  if (known && !known->same) return base::fail(Errc::key_reused);
  if (known) return known->id;

  Question open(session);
  if (open.text("SELECT count(*) FROM announcement a WHERE a.done = 0 AND ").belonging(scope.organisation, "a").number() >= kMostAnnouncements)
    return base::fail(Errc::too_many, "announcements");
  std::vector<std::int64_t> staff;
  if (announcement.inbox) staff = StaffReach(session).at(scope.organisation, *sites);
  const std::int64_t households = announcement.sms ? count_households(session, scope.organisation, *sites) : 0;
  if (households != announcement.households || static_cast<std::int64_t>(staff.size()) != announcement.staff) return base::fail(Errc::conflict, "receivers");

  NewMessage made;
  made.organisation = scope.organisation;
  made.kind = MessageKind::announcement;
  made.cause = "announcement " + std::to_string(scope.organisation) + " " + announcement.key;
  made.at = now;
  made.values.title = announcement.title;
  made.values.text = announcement.text;
  const auto message = add_message(session, made, now);
  if (!message) return base::fail(Errc::key_reused);
  for (const std::int64_t person : staff) inboxes.put(person, *message, made);
  const std::int64_t newest = Question(session).text("SELECT coalesce(max(id), 0) FROM opening").number();
  Statement insert(session,
                   "INSERT INTO announcement(organisation, key, message, sites, sms, inbox, households, staff, opening, newest_opening, done, by, at_ms)"
                   " VALUES(?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?) RETURNING id");
  return insert.insert_all({scope.organisation, announcement.key, *message, reach, std::int64_t{announcement.sms}, std::int64_t{announcement.inbox}, households,
                            announcement.staff, newest, std::int64_t{households == 0}, by, now.value});
}

Page<AnnouncementRow> read_announcements(soci::session& session, const Scope& scope, std::int64_t page, std::int64_t size) {
  const std::vector<std::int64_t> ids = seen_ids(session, scope);
  Page<AnnouncementRow> found;
  found.total = static_cast<std::int64_t>(ids.size());
  for (std::int64_t at = (page - 1) * size; at < std::min(page * size, found.total); ++at)
    if (auto row = read_announcement(session, scope, ids[static_cast<std::size_t>(at)])) found.rows.push_back(std::move(*row));
  return found;
}

std::optional<AnnouncementRow> read_announcement(soci::session& session, const Scope& scope, std::int64_t id) {
  Question select(session);
  return select.text(kAnnouncement).belonging(scope.organisation, "a").text(" AND a.id = ").value(id).first([&](Select& row) { return read_row(session, row); });
}

SmsBook read_sms_book(soci::session& session, const Scope& scope) {
  SmsBook book;
  book.stock = read_stock(session, scope.organisation);
  Question sum(session);
  book.bought = sum.text("SELECT coalesce(sum(p.count), 0) FROM sms_package p WHERE ").belonging(scope.organisation, "p").number();
  Question(session)
      .text("SELECT p.id, p.key, p.count, p.price_micro_yuan, p.note, p.by, p.at_ms FROM sms_package p WHERE ")
      .belonging(scope.organisation, "p")
      .text(" ORDER BY p.id DESC LIMIT ")
      .value(kMostPackages)
      .rows([&](Select& row) {
        SmsPackage& one = book.packages.emplace_back();
        one.id = row.integer();
        one.key = row.text();
        one.count = row.integer();
        one.price = row.money();
        one.note = row.text();
        one.by = row.text();
        one.at = row.time();
      });
  return book;
}

base::Result<std::int64_t> write_package(soci::session& session, const Scope& scope, const SmsPackage& package) {
  struct Known {
    std::int64_t id;
    bool same;
  };
  Question before(session);
  before.text("SELECT p.id, p.count, p.price_micro_yuan, p.note FROM sms_package p WHERE ").belonging(scope.organisation, "p").text(" AND p.key = ").value(package.key);
  const auto known = before.first([&](Select& row) {
    Known one{row.integer(), true};
    one.same = row.integer() == package.count;
    one.same = (row.money() == package.price) && one.same;
    one.same = (row.text() == package.note) && one.same;
    return one;
  });
  if (known && !known->same) return base::fail(Errc::key_reused);
  if (known) return known->id;
  SmsStock stock = read_stock(session, scope.organisation);
  fill(stock, package.count);
  write_stock(session, scope.organisation, stock);
  Statement insert(session, "INSERT INTO sms_package(organisation, key, count, price_micro_yuan, note, by, at_ms) VALUES(?, ?, ?, ?, ?, ?, ?) RETURNING id");
  return insert.insert_all({scope.organisation, package.key, package.count, package.price.micro_yuan, package.note, package.by, package.at.value});
}

}  // namespace anju::platform
