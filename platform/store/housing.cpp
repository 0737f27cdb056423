#include "platform/store/housing.hpp"

#include "platform/store/audit_chain.hpp"
#include "platform/store/desk.hpp"
#include "platform/store/question.hpp"
#include "platform/store/read_pool.hpp"
#include "platform/store/statement.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

using Optional = std::optional<std::int64_t>;

Optional day_or_nothing(Select& row) {
  const auto day = row.maybe();
  return day ? Optional(*day) : std::nullopt;
}

bool in_scope(soci::session& session, const char* table, const Scope& scope, std::int64_t id) {
  return Question(session).text(std::string("SELECT count(*) FROM ") + table + " r WHERE ").within(scope, "r").text(" AND r.id = ").value(id).number() != 0;
}

struct Spot {
  std::int64_t site = 0;
  bool enabled = true;
};

Spot read_spot(Select& row) {
  Spot spot;
  spot.site = row.integer();
  spot.enabled = row.flag();
  return spot;
}

class SociHousing : public Housing {
 public:
  explicit SociHousing(Notifier* told) : told_(told) {}
  base::Result<> open(const std::string& url, std::size_t readers) {
    if (auto opened = open_session(session_, url); !opened) return opened;
    return pool_.open(url, readers);
  }

  base::Result<std::vector<DeskGroup>> desk(const Scope& scope, std::string_view words, const std::function<bool(std::string_view)>& may) override {
    return pool_.ask("desk", [&](soci::session& session) -> base::Result<std::vector<DeskGroup>> { return ask_desk(session, scope, words, may); });
  }

  base::Result<std::optional<std::vector<HouseMember>>> members(const Scope& scope, std::int64_t house) override {
    return pool_.ask("members", [&](soci::session& session) -> base::Result<std::optional<std::vector<HouseMember>>> {
      if (!in_scope(session, "house", scope, house)) return std::nullopt;
      std::vector<HouseMember> all;
      Question select(session);
      select.text("SELECT r.id, r.resident, p.name, p.phone, r.relation, r.since, r.until FROM house_member r JOIN resident p ON p.id = r.resident WHERE ");
      select.within(scope, "r").text(" AND r.enabled = 1 AND r.house = ").value(house);
      select.text(" ORDER BY CASE WHEN r.until IS NULL THEN 0 ELSE 1 END, r.until DESC, r.id LIMIT ").value(kMostMembers);
      select.rows([&](Select& row) {
        HouseMember member;
        member.id = row.integer();
        member.resident = row.integer();
        member.name = row.text();
        member.phone = row.text();
        member.relation = row.text();
        member.since = day_or_nothing(row);
        member.until = day_or_nothing(row);
        all.push_back(std::move(member));
      });
      return all;
    });
  }

  base::Result<std::optional<std::vector<RoomMeter>>> room_meters(const Scope& scope, std::int64_t room) override {
    return pool_.ask("room_meters", [&](soci::session& session) -> base::Result<std::optional<std::vector<RoomMeter>>> {
      if (!in_scope(session, "room", scope, room)) return std::nullopt;
      std::vector<RoomMeter> all;
      Question select(session);
      select.text("SELECT r.meter, m.name, m.address, r.since_ms, r.by, r.until_ms, r.until_by FROM room_meter r LEFT JOIN meter m ON m.id = r.meter WHERE ");
      select.within(scope, "r").text(" AND r.room = ").value(room).text(" ORDER BY r.id DESC LIMIT ").value(kMostRoomMeters);
      select.rows([&](Select& row) {
        RoomMeter link;
        link.meter = row.integer();
        link.name = row.text();
        link.address = row.text();
        link.since = row.time();
        link.by = row.text();
        link.until = row.maybe_time();
        link.until_by = row.text();
        all.push_back(std::move(link));
      });
      return all;
    });
  }

  base::Result<Page<PrepaidSource>> prepaid(const Scope& scope, const PrepaidFilter& filter) override {
    return pool_.ask("prepaid", [&](soci::session& session) -> base::Result<Page<PrepaidSource>> {
      const auto where = [&](Question& question) {
        question.text(" WHERE ").within(scope, "r");
        question.text(" AND EXISTS(SELECT 1 FROM prepaid_room p WHERE p.source = r.id AND p.until_ms IS NULL)");
        if (filter.site) question.text(" AND r.site = (SELECT id FROM site WHERE code = ").value(*filter.site).text(")");
        if (filter.type) question.text(" AND r.type = ").value(*filter.type);
        if (filter.zone) question.text(" AND r.zone = ").value(*filter.zone);
        if (filter.search) question.text(" AND ").holds({"r.code", "r.name", "r.address"}, *filter.search);
      };
      Page<PrepaidSource> page;
      Question count(session);
      where(count.text("SELECT count(*) FROM housing_source r"));
      page.total = count.number();
      Question select(session);
      // Of the sources on the page only.
      const std::string open = " FROM prepaid_room p WHERE p.source = r.id AND p.until_ms IS NULL";
      const std::string linked = " FROM prepaid_room p JOIN room_meter k ON k.room = p.room AND k.until_ms IS NULL JOIN meter m ON m.id = k.meter"
                                 " WHERE p.source = r.id AND p.until_ms IS NULL";
      where(select.text("SELECT r.id, r.code, r.name, r.type, coalesce(a.name, ''), r.address, t.code, (SELECT count(*)" + open +
                        "), (SELECT count(DISTINCT p.room)" + linked + "), (SELECT count(*)" + linked + "), (SELECT count(DISTINCT m.gateway)" + linked +
                        "), (SELECT min(p.since_ms)" + open +
                        "), (SELECT count(*) FROM room o WHERE o.source = r.id AND o.enabled = 1 AND NOT EXISTS("
                        "SELECT 1 FROM prepaid_room p WHERE p.room = o.id AND p.until_ms IS NULL))"
                        " FROM housing_source r JOIN site t ON t.id = r.site LEFT JOIN area a ON a.id = r.zone"));
      select.text(" ORDER BY r.code, r.id LIMIT ").value(filter.page_size).text(" OFFSET ").value((filter.page - 1) * filter.page_size);
      select.rows([&](Select& row) {
        PrepaidSource source;
        source.id = row.integer();
        source.code = row.text();
        source.name = row.text();
        source.type = row.text();
        source.zone = row.text();
        source.address = row.text();
        source.site = row.text();
        source.rooms = row.integer();
        source.rooms_with_meter = row.integer();
        source.meters = row.integer();
        source.gateways = row.integer();
        source.since = row.time();
        source.waiting = row.integer();
        page.rows.push_back(std::move(source));
      });
      return page;
    });
  }

  base::Result<> move_meter(const Scope& scope, std::int64_t meter, Optional room, Optional was, const AuditEntry& audit) override {
    std::int64_t site = 0;
    auto moved = change("move_meter", [&]() -> base::Result<> {
      site = Question(session_).text("SELECT r.site FROM meter r WHERE ").within(scope, "r").text(" AND r.id = ").value(meter).number();
      if (site == 0) return base::fail(Errc::not_found, "meter");
      const Optional open = Question(session_)
                                .text("SELECT room FROM room_meter WHERE until_ms IS NULL AND meter = ")
                                .value(meter)
                                .first([](Select& row) { return row.integer(); });
      if (open != was) return base::fail(Errc::conflict, "");
      if (open == room) return base::fail(Errc::conflict, "room");
      if (room) {
        const auto into = Question(session_).text("SELECT r.site, r.enabled FROM room r WHERE ").within(scope, "r").text(" AND r.id = ").value(*room).first(read_spot);
        if (!into) return base::fail(Errc::not_found, "room");
        if (into->site != site) return base::fail(Errc::bad_field, "room");
        if (!into->enabled) return base::fail(Errc::disabled, "room");
      }
      if (open)
        Statement(session_, "UPDATE room_meter SET until_ms = ?, until_by = ? WHERE meter = ? AND until_ms IS NULL").write(audit.at, audit.who, meter);
      if (room)
        Statement(session_, "INSERT INTO room_meter(organisation, site, room, meter, since_ms, by) VALUES(?, ?, ?, ?, ?, ?)")
            .write(scope.organisation, site, *room, meter, audit.at, audit.who);
      const auto named = [&](const Optional& id) {
        return id ? Question(session_).text("SELECT name FROM room WHERE id = ").value(*id).first([](Select& row) { return row.text(); }).value_or("") : std::string();
      };
      AuditEntry row = audit;
      row.detail = wire::detail({{"room", named(room)}, {"room_before", named(open)}});
      note(row);
      return {};
    });
    if (moved && told_ != nullptr) told_->changed({{scope.organisation, site, MeterChanged{meter}}}, audit.at);
    return moved;
  }

  base::Result<Imported> import_source(const Scope& scope, std::int64_t source, const AuditEntry& audit) override {
    return change("import_source", [&]() -> base::Result<Imported> {
      const auto from =
          Question(session_).text("SELECT r.site, r.enabled FROM housing_source r WHERE ").within(scope, "r").text(" AND r.id = ").value(source).first(read_spot);
      if (!from) return base::fail(Errc::not_found, "source");
      if (!from->enabled) return base::fail(Errc::disabled, "source");
      const std::string below = " FROM room o WHERE o.enabled = 1 AND o.source = ";
      const std::int64_t rooms = Question(session_).text("SELECT count(*)" + below).value(source).number();
      if (rooms == 0) return base::fail(Errc::bad_field, "source");
      if (rooms > kMostRoomsBelow) return base::fail(Errc::too_many, "rooms");
      std::vector<std::int64_t> wanted;
      Question select(session_);
      select.text("SELECT o.id" + below).value(source);
      select.text(" AND NOT EXISTS(SELECT 1 FROM prepaid_room p WHERE p.room = o.id AND p.until_ms IS NULL) ORDER BY o.id");
      select.rows([&](Select& row) { wanted.push_back(row.integer()); });
      Statement add(session_, "INSERT INTO prepaid_room(organisation, site, source, room, since_ms, by) VALUES(?, ?, ?, ?, ?, ?)");
      for (const std::int64_t room : wanted) add.write(scope.organisation, from->site, source, room, audit.at, audit.who);
      const auto added = static_cast<std::int64_t>(wanted.size());
      AuditEntry row = audit;
      row.detail = "rooms=" + std::to_string(added);
      note(row);
      return Imported{added, rooms - added};
    });
  }

  base::Result<> take_out(const Scope& scope, std::int64_t source, const AuditEntry& audit) override {
    return change("take_out", [&]() -> base::Result<> {
      if (!in_scope(session_, "housing_source", scope, source)) return base::fail(Errc::not_found, "source");
      const std::int64_t rooms =
          Question(session_).text("SELECT count(*) FROM prepaid_room WHERE until_ms IS NULL AND source = ").value(source).number();
      if (rooms == 0) return base::fail(Errc::not_found, "source");
      Statement(session_, "UPDATE prepaid_room SET until_ms = ?, until_by = ? WHERE source = ? AND until_ms IS NULL").write(audit.at, audit.who, source);
      AuditEntry row = audit;
      row.detail = "rooms=" + std::to_string(rooms);
      note(row);
      return {};
    });
  }

 private:
  void note(AuditEntry audit) {
    audit.result = "ok";
    write_audit(session_, {&audit, 1});
  }

  template <class Work>
  auto change(const char* what, Work&& work) -> decltype(work()) {
    return guarded(what, [&] { return immediately(session_, work); });
  }

  Notifier* told_;
  soci::session session_;
  ReadPool pool_;
};

}  // namespace

base::Result<std::unique_ptr<Housing>> open_housing(const std::string& url, std::size_t readers, Notifier* told) {
  auto housing = std::make_unique<SociHousing>(told);
  if (auto opened = housing->open(url, readers); !opened) return base::pass(opened);
  return std::unique_ptr<Housing>(std::move(housing));
}

}  // namespace anju::platform
