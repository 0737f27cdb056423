// Pages of a long list of the catalogue are read from the nearer end, and rare words are counted while they are looked for: nobody may notice.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "platform/catalog/catalog.hpp"
#include "platform/store/records.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Rooms {
  ScratchFile file;
  soci::session office;
  std::unique_ptr<catalog::Records> records;
  const catalog::Resource& rooms = *catalog::find("rooms");

  Rooms() {
    REQUIRE(add_site(file.url(), {"Anju", "site", "Site", 480, 100'000}, base::UtcMillis(0)));
    REQUIRE(open_session(office, file.url()));
    // Names repeat, numbers fall, one room in 500 is of the roof.
    run_script(office,
               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2345)"
               " INSERT INTO room(id, organisation, site, enabled, version, created_ms, updated_ms, name, number, zone, house, source, note)"
               " SELECT i, s.organisation, s.id, 1, 1, 0, 0, (i % 7) || '号' || CASE WHEN i % 500 = 0 THEN 'Roof' ELSE '' END, 'R' || (9000 - i), NULL, NULL, NULL, ''"
               " FROM n JOIN site s ON s.code = 'site'");
    auto opened = open_records(file.url(), 1);
    REQUIRE(opened);
    records = std::move(*opened);
  }
  std::vector<std::int64_t> ids(catalog::Listing listing) {
    std::vector<std::int64_t> all;
    listing.size = 90;
    for (listing.page = 1; listing.page < 60; ++listing.page) {
      const auto page = records->list(rooms, Scope{1}, listing);
      REQUIRE_MESSAGE(page, (page ? std::string() : page.error().where));
      for (const catalog::Record& record : page->rows) all.push_back(record.id);
      total = page->total;
    }
    return all;
  }
  std::vector<std::int64_t> by_database(const std::string& where, const std::string& order) {
    std::vector<std::int64_t> all;
    soci::rowset<int> rows = office.prepare << "SELECT id FROM room WHERE " << where << " ORDER BY " << order;
    for (const int id : rows) all.push_back(id);
    return all;
  }
  std::int64_t total = 0;
};

}  // namespace

TEST_CASE("catalog lists: the pages of a list are the whole list, sorted any way, from either end") {
  Rooms rooms;
  for (const char* sort : {"", "name", "number"}) {
    for (const bool descending : {false, true}) {
      CAPTURE(sort);
      CAPTURE(descending);
      catalog::Listing listing;
      if (*sort != 0) listing.sort = catalog::find(rooms.rooms, sort);
      listing.descending = descending;
      const std::string way = descending ? " DESC" : "";
      CHECK(rooms.ids(listing) == rooms.by_database("1 = 1", *sort == 0 ? std::string("id DESC") : sort + way + ", id" + way));
      CHECK(rooms.total == 2345);
    }
  }
}

TEST_CASE("catalog lists: words that few, many and no rows hold are found and counted alike") {
  Rooms rooms;
  for (const auto& [words, where] : {std::pair{"roof", "id % 500 = 0"}, {"号", "1 = 1"}, {"3号", "id % 7 = 3"}, {"zzzz", "1 = 0"}, {"R9", "1 = 0"}, {"R8", "number LIKE 'R8%'"}}) {
    for (const char* sort : {"", "name"}) {
      CAPTURE(words);
      catalog::Listing listing;
      listing.search = words;
      if (*sort != 0) listing.sort = catalog::find(rooms.rooms, sort);
      const auto expected = rooms.by_database(where, *sort == 0 ? "id DESC" : "name, id");
      CHECK(rooms.ids(listing) == expected);
      CHECK(rooms.total == static_cast<std::int64_t>(expected.size()));
    }
  }
}
