#include "platform/store/desk.hpp"

#include <algorithm>
#include <array>

#include "platform/catalog/masking.hpp"
#include "platform/catalog/resources/residents.hpp"
#include "platform/catalog/resources/space.hpp"
#include "platform/store/question.hpp"
#include "platform/store/room_of_meter.hpp"
#include "platform/store/titles.hpp"

namespace anju::platform {
namespace {

bool is_plain(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What stands between and behind the numbers of a house, longest first.
constexpr std::array<std::string_view, 13> kBetween{"号楼", "单元", "－", "—", "栋", "幢", "座", "室", "号", "-", "/", "#", " "};

/// Behind every text that begins as another: the greatest code point.
constexpr const char* kEnd = "\xF4\x8F\xBF\xBF";

/// What one search goes on with.
class Finder {
 public:
  /// clear: who asks sees personal data whole.
  Finder(soci::session& session, const Scope& scope, std::string words, bool clear, std::vector<DeskHit>& hits)
      : session_(session), scope_(scope), words_(std::move(words)), clear_(clear), hits_(hits) {}

  [[nodiscard]] const std::string& words() const { return words_; }
  [[nodiscard]] bool full() const { return static_cast<std::int64_t>(hits_.size()) > kMostHits; }
  [[nodiscard]] bool empty() const { return hits_.empty(); }

  /// Rows of `statement` ("SELECT … FROM table r …") whose column begins with the words.
  template <class Read>
  void begins(const std::string& statement, const std::string& column, const std::string& words, Read&& read) {
    take(statement, column, [&](Question& question) { question.text(column + " >= ").value(words).text(" AND " + column + " < ").value(words + kEnd); }, read);
  }

  /// Rows `r` of the resource whose field begins with the words. Of a personal one the whole only, where the answer shows a mask of it: digit by
  /// digit, or character by character, a part would tell the rest. Lists do the same.
  template <class Read>
  void field(const std::string& statement, const catalog::Resource& resource, std::string_view field, Read&& read) {
    const std::string column = "r." + std::string(field);
    if (!hidden(resource, field)) return begins(statement, column, words_, read);
    take(statement, column, [&](Question& question) { question.text(column + " = ").value(words_); }, read);
  }

  /// Parts of the field would tell what the session must not see.
  [[nodiscard]] bool hidden(const catalog::Resource& resource, std::string_view field) const {
    return !clear_ && catalog::is_personal(*catalog::find(resource, field));
  }

  /// Those that hold the words somewhere; walks the column's index from end to end, so it is for what nothing else found.
  template <class Read>
  void holds(const std::string& statement, const std::string& column, Read&& read) {
    take(statement, column, [&](Question& question) { question.holds({column}, words_); }, read);
  }

  /// where: adds a condition. order: what the rows come sorted by. The same row is found once.
  template <class Where, class Read>
  void take(const std::string& statement, const std::string& order, Where&& where, Read&& read) {
    if (full()) return;
    Question question(session_);
    question.text(statement + " WHERE ").within(scope_, "r").text(" AND ");
    where(question);
    question.text(" ORDER BY " + order + ", r.id LIMIT ").value(kMostHits + 1);
    question.rows([&](Select& row) {
      DeskHit hit = read(row);
      const bool known = std::any_of(hits_.begin(), hits_.end(), [&](const DeskHit& other) { return other.id == hit.id; });
      if (!known && !full()) hits_.push_back(std::move(hit));
    });
  }

 private:
  soci::session& session_;
  const Scope& scope_;
  std::string words_;
  bool clear_;
  std::vector<DeskHit>& hits_;
};

std::optional<std::int64_t> id_or_nothing(Select& row) {
  const auto id = row.maybe();
  return id ? std::optional<std::int64_t>(*id) : std::nullopt;
}

/// Of every row `r`: which community it is in, because each of them has a house 1-1-101.
const std::string kCommunity = " JOIN site t ON t.id = r.site";

/// "SELECT r.id, t.name, …"
DeskHit read_hit(Select& row) {
  DeskHit hit;
  hit.id = row.integer();
  hit.community = row.text();
  return hit;
}

/// "<column> IN (:v1, …)"
void one_of(Question& question, const std::string& column, const std::vector<std::string>& values) {
  const char* before = " IN (";
  question.text(column);
  for (const std::string& one : values) {
    question.text(before).value(one);
    before = ", ";
  }
  question.text(")");
}

/// The texts that a number may begin with: as it is typed, and with the zero that houses below floor ten have.
std::vector<std::string> beginnings(const std::string& words) {
  if (!is_digits(words) || words.size() > 3) return {words};
  return {words, "0" + words};
}

void find_houses(Finder& finder) {
  Joins joins("x");
  const std::string statement =
      "SELECT r.id, t.name, " + title_sql(catalog::kHouses, "r", joins) + ", r.owner, r.phone FROM house r" + kCommunity + joins.text();
  const auto read = [](Select& row) {
    DeskHit hit = read_hit(row);
    hit.title = row.text();
    hit.detail = row.text();
    hit.phone = row.text();
    hit.house = hit.id;
    return hit;
  };
  const auto parts = house_number_words(finder.words());
  if (!parts.empty()) {
    const auto inside = [&](Question& question) {
      question.text("r.building IN (SELECT b.id FROM building b WHERE b.organisation = r.organisation AND ");
      one_of(question, "b.number", spellings(parts.front()));
      question.text(") AND ");
      if (parts.size() < 3) return;
      question.text("r.unit IN (SELECT u.id FROM unit u WHERE u.building = r.building AND ");
      one_of(question, "u.number", spellings(parts[1]));
      question.text(") AND ");
    };
    finder.take(statement, "r.number", [&](Question& question) {
      inside(question);
      one_of(question, "r.number", spellings(parts.back()));
    }, read);
    // Somebody may still be typing.
    for (const std::string& words : finder.empty() ? beginnings(parts.back()) : std::vector<std::string>{}) {
      finder.take(statement, "r.number", [&](Question& question) {
        inside(question);
        question.text("r.number >= ").value(words).text(" AND r.number < ").value(words + kEnd);
      }, read);
    }
    return;
  }
  for (const std::string& words : beginnings(finder.words())) finder.begins(statement, "r.number", words, read);
  finder.field(statement, catalog::kHouses, "owner", read);
  if (is_digits(finder.words())) finder.field(statement, catalog::kHouses, "phone", read);
  else if (finder.empty() && !finder.hidden(catalog::kHouses, "owner")) finder.holds(statement, "r.owner", read);
}

void find_residents(Finder& finder) {
  Joins joins("x");
  const std::string house = joins.add(catalog::kHouses, "h.house");
  // Where the resident lives now, or else lived: the newest membership.
  const std::string title = title_sql(catalog::kHouses, house, joins);
  const std::string statement = "SELECT r.id, t.name, r.name, r.phone, " + title + ", h.house FROM resident r" + kCommunity + " LEFT JOIN house_member h ON h.id ="
                                " (SELECT max(m.id) FROM house_member m WHERE m.resident = r.id AND m.enabled = 1)" + joins.text();
  const auto read = [](Select& row) {
    DeskHit hit = read_hit(row);
    hit.title = row.text();
    hit.phone = row.text();
    hit.detail = row.text();
    hit.house = id_or_nothing(row);
    return hit;
  };
  finder.field(statement, catalog::kResidents, "name", read);
  if (is_digits(finder.words())) finder.field(statement, catalog::kResidents, "phone", read);
  else if (finder.empty() && !finder.hidden(catalog::kResidents, "name")) finder.holds(statement, "r.name", read);
}

void find_rooms(Finder& finder) {
  Joins joins("x");
  const std::string house = joins.add(catalog::kHouses, "r.house");
  const std::string title = title_sql(catalog::kHouses, house, joins);
  const std::string statement = "SELECT r.id, t.name, r.name, coalesce(" + title + ", q.name, ''), r.house FROM room r" + kCommunity + " LEFT JOIN housing_source q ON q.id = r.source" + joins.text();
  const auto read = [](Select& row) {
    DeskHit hit = read_hit(row);
    hit.title = row.text();
    hit.detail = row.text();
    hit.house = id_or_nothing(row);
    return hit;
  };
  finder.begins(statement, "r.name", finder.words(), read);
  finder.begins(statement, "r.number", finder.words(), read);
}

void find_meters(Finder& finder) {
  const std::string statement =
      "SELECT r.id, t.name, r.name, r.address, " + room_of("r") + ", o.house FROM meter r JOIN meter_supply w ON w.meter = r.id" + kCommunity + " LEFT JOIN room_meter k ON k.meter = r.id AND k.until_ms IS NULL"
      " LEFT JOIN room o ON o.id = k.room";
  const auto read = [](Select& row) {
    DeskHit hit = read_hit(row);
    hit.title = row.text();
    hit.detail = row.text();
    if (const std::string room = row.text(); !room.empty()) hit.detail += " · " + room;
    hit.house = id_or_nothing(row);
    hit.meter = hit.id;
    return hit;
  };
  constexpr std::size_t kAddress = 12;
  if (is_digits(finder.words()) && finder.words().size() < kAddress) {
    const std::string padded = std::string(kAddress - finder.words().size(), '0') + finder.words();
    finder.take(statement, "r.address", [&](Question& question) { question.text("r.address = ").value(padded); }, read);
  }
  std::string address = finder.words();  // hex digits of CJ/T188 are stored in upper case
  std::transform(address.begin(), address.end(), address.begin(), [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
  finder.begins(statement, "r.address", address, read);
  finder.begins(statement, "r.name", finder.words(), read);
  finder.begins(statement, "r.device", finder.words(), read);
}

void find_recharges(Finder& finder) {
  const std::string statement =
      "SELECT r.id, t.name, r.key, m.name, r.amount_micro_yuan, r.at_ms, r.meter, o.house FROM recharge r" + kCommunity + " JOIN meter m ON m.id = r.meter"
      " LEFT JOIN room_meter k ON k.meter = r.meter AND k.until_ms IS NULL LEFT JOIN room o ON o.id = k.room";
  finder.begins(statement, "r.key", finder.words(), [](Select& row) {
    DeskHit hit = read_hit(row);
    hit.title = row.text();
    hit.detail = row.text();
    hit.amount = row.money();
    hit.at = row.time();
    hit.meter = row.integer();
    hit.house = id_or_nothing(row);
    return hit;
  });
}

/// What the desk finds, in the order in which people ask for it. Plates and cards have no data yet: whoever brings them adds a line here.
struct Kind {
  std::string_view name, right;
  void (*find)(Finder& finder);
};
constexpr std::array kKinds{
    Kind{"house", "house:read", &find_houses}, Kind{"resident", "resident:read", &find_residents}, Kind{"room", "room:read", &find_rooms},
    Kind{"meter", "meter:read", &find_meters}, Kind{"recharge", "meter:read", &find_recharges},
};

}  // namespace

std::vector<std::string> house_number_words(std::string_view words) {
  std::vector<std::string> parts;
  bool inside = false;
  while (!words.empty()) {
    if (is_plain(words.front())) {
      if (!inside) parts.emplace_back();
      parts.back() += words.front();
      inside = true;
      words.remove_prefix(1);
      continue;
    }
    const auto between = std::find_if(kBetween.begin(), kBetween.end(), [&](std::string_view one) { return words.starts_with(one); });
    if (between == kBetween.end()) return {};
    words.remove_prefix(between->size());
    inside = false;
  }
  return parts.size() == 2 || parts.size() == 3 ? parts : std::vector<std::string>{};
}

std::vector<std::string> spellings(const std::string& number) {
  if (!is_digits(number)) return {number};
  const auto first = std::min(number.find_first_not_of('0'), number.size() - 1);
  std::vector<std::string> all{number.substr(first)};
  while (all.back().size() < 4) all.push_back("0" + all.back());
  return all;
}

std::vector<DeskGroup> ask_desk(soci::session& session, const Scope& scope, std::string_view words,
                                const std::function<bool(std::string_view right)>& may) {
  std::vector<DeskGroup> groups;
  const bool clear = may(catalog::kSeePersonal);
  for (const Kind& kind : kKinds) {
    if (!may(kind.right)) continue;
    DeskGroup group{kind.name, {}, false};
    Finder finder(session, scope, std::string(words), clear, group.rows);
    kind.find(finder);
    group.more = finder.full();
    if (group.more) group.rows.resize(static_cast<std::size_t>(kMostHits));
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace anju::platform
