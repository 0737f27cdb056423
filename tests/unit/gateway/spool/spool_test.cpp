#include "gateway/spool/spool.hpp"

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace anju;
using namespace anju::gateway;

namespace {

class Folder {
 public:
  Folder() {
    char name[] = "/tmp/anju-spool-XXXXXX";
    path_ = mkdtemp(name);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file() const { return path_ + "/spool.db"; }

 private:
  std::string path_;
};

std::unique_ptr<Spool> open(const Folder& folder, std::int64_t max_mb = 64, const char* epoch = "e1") {
  auto spool = Spool::open({folder.file(), epoch, max_mb});
  if (!spool) FAIL(spool.error().code << " " << spool.error().where);
  return std::move(*spool);
}

constexpr base::UtcMillis kNow(1'763'687'758'000);

wire::Event reading(int n, wire::ReadingKind kind = wire::ReadingKind::interval) {
  return wire::ReadingsEvent{{{base::DeviceId("m1"), base::UtcMillis(n), kind, base::Quantity(n), {}}}};
}
wire::Event many_readings(int n) {
  wire::ReadingsEvent event;
  for (int i = 0; i < 200; ++i) {
    event.readings.push_back(
        {base::DeviceId("meter-" + std::to_string(i)), base::UtcMillis(n), {}, base::Quantity(n), {}});
  }
  return event;
}
wire::Event result(const char* id, wire::CommandPhase phase) {
  return wire::CommandEvent{base::CommandId(id), base::DeviceId("m1"), kNow, phase, "", wire::Relay::open};
}
wire::Command command(const char* id, std::int64_t counter) {
  return {base::CommandId(id), counter,           base::DeviceId("m1"), wire::CommandKind::trip, 0,
          base::UtcMillis(1),  base::UtcMillis(2)};
}

std::vector<std::string> texts(Spool& spool, std::int64_t from, std::size_t most = 1'000'000) {
  const auto events = spool.read(from, most);
  REQUIRE(events);
  std::vector<std::string> result;
  std::int64_t seq = from;
  for (const auto& event : *events) {
    CHECK(event.seq == seq++);  // no gap
    result.push_back(event.text);
  }
  return result;
}

int count_alarms(Spool& spool, const std::string& code, bool active) {
  int count = 0;
  for (const auto& text : texts(spool, spool.first_seq())) {
    const auto event = wire::decode_event(text);
    REQUIRE(event);
    const auto* alarm = std::get_if<wire::AlarmEvent>(&*event);
    count += alarm != nullptr && alarm->code == code && alarm->active == active;
  }
  return count;
}

}  // namespace

TEST_CASE("spool: events are numbered from 1 without a gap and survive a restart with their epoch") {
  const Folder folder;
  {
    const auto spool = open(folder);
    CHECK(spool->epoch() == "e1");
    CHECK(spool->first_seq() == 1);
    CHECK(spool->last_seq() == 0);
    CHECK(spool->append({reading(1), result("c", wire::CommandPhase::failed)}, kNow)->last_seq == 2);
    CHECK(spool->append({}, kNow)->last_seq == 2);
    CHECK(spool->append({reading(2)}, kNow)->last_seq == 3);
    REQUIRE(spool->acknowledge("e1", 2));
  }
  const auto spool = open(folder, 64, "another");
  CHECK(spool->epoch() == "e1");
  CHECK(spool->last_seq() == 3);
  CHECK(spool->through() == 2);
  CHECK(spool->first_seq() == 1);  // acknowledged events stay while there is space
  CHECK(texts(*spool, 1) == std::vector{wire::encode(reading(1)), wire::encode(result("c", wire::CommandPhase::failed)),
                                        wire::encode(reading(2))});
  CHECK(texts(*spool, 2, 1).size() == 1);
  CHECK(texts(*spool, 4).empty());
  CHECK(spool->read(1, 1)->front().readings == 1);
}

TEST_CASE("spool: acknowledgements are cumulative, of this stream and of events that exist") {
  const Folder folder;
  const auto spool = open(folder);
  REQUIRE(spool->append({reading(1), reading(2)}, kNow));
  CHECK(spool->acknowledge("e2", 1).error().is(SpoolErrc::foreign_epoch));
  CHECK(spool->acknowledge("e1", 3).error().is(SpoolErrc::beyond_stream));
  REQUIRE(spool->acknowledge("e1", 2));
  REQUIRE(spool->acknowledge("e1", 1));
  CHECK(spool->through() == 2);
}

TEST_CASE("spool: at its size the oldest acknowledged events go first, and nothing else") {
  const Folder folder;
  const auto spool = open(folder, 1);
  int n = 0;
  while (spool->first_seq() == 1) {
    const auto appended = spool->append({many_readings(++n)}, kNow);
    REQUIRE(appended);
    REQUIRE(appended->not_taken == 0);
    REQUIRE(spool->acknowledge("e1", appended->last_seq));
    REQUIRE(n < 1000);
  }
  CHECK_FALSE(spool->full());
  CHECK(spool->last_seq() == n);
  CHECK(spool->used_bytes() <= 1024 * 1024);
  CHECK(texts(*spool, spool->first_seq()).size() == static_cast<std::size_t>(n - spool->first_seq() + 1));
}

TEST_CASE(
    "spool: full of unacknowledged events it leaves out interval readings, takes the rest into its reserve and says "
    "so") {
  const Folder folder;
  auto spool = open(folder, 1);
  int n = 0;
  std::int64_t not_taken = 0;
  while (not_taken == 0) {
    const auto appended = spool->append({many_readings(++n)}, kNow);
    REQUIRE(appended);
    not_taken = appended->not_taken;
    REQUIRE(n < 1000);
  }
  CHECK(not_taken == 200);
  CHECK(spool->full());
  CHECK(spool->last_seq() == n);  // n - 1 events and the alarm instead of the last
  CHECK(count_alarms(*spool, "spool_full", true) == 1);
  CHECK(spool->first_seq() == 1);

  spool.reset();
  spool = open(folder, 1);
  CHECK(spool->full());
  CHECK(spool->append({reading(1)}, kNow)->not_taken == 1);
  CHECK(spool->append({reading(1, wire::ReadingKind::on_demand), result("c", wire::CommandPhase::verified)}, kNow)
            ->last_seq == n + 2);
  CHECK(count_alarms(*spool, "spool_full", true) == 1);  // once

  // The reserve is finite as well.
  base::Result<Appended> last;
  do {
    const std::vector<wire::Event> results(100, result("c", wire::CommandPhase::verified));
    last = spool->append(results, kNow);
  } while (last);
  CHECK(last.error().is(SpoolErrc::spool_full));
  CHECK(spool->used_bytes() <= 1024 * 1024 + 4096);

  REQUIRE(spool->acknowledge("e1", spool->last_seq()));
  const auto again = spool->append({reading(7)}, kNow);
  REQUIRE(again);
  CHECK(again->not_taken == 0);
  CHECK_FALSE(spool->full());
  CHECK(count_alarms(*spool, "spool_full", false) == 1);
}

TEST_CASE("spool: on a full disk nothing stored is lost, the error is a value, and an alarm tells afterwards") {
  // A limit on the size of files stands in for the disk: write() fails in the same place, with EFBIG.
  const Folder folder;
  const auto spool = open(folder);
  REQUIRE(spool->append({reading(1)}, kNow));
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto old_handler = signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 300'000;
  setrlimit(RLIMIT_FSIZE, &small);
  base::Result<Appended> appended;
  std::int64_t stored = 1;
  for (int n = 0; n < 1000; ++n) {
    appended = spool->append({many_readings(n)}, kNow);
    if (!appended) break;
    ++stored;
  }
  const bool refused = !appended && appended.error().is(SpoolErrc::disk_full);
  const auto accepted = spool->accept(command("c", 1));
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, old_handler);

  CHECK(refused);
  CHECK_FALSE(accepted);
  CHECK(spool->last_seq() == stored);
  CHECK(spool->last_counter() == 0);
  CHECK(texts(*spool, 1).size() == static_cast<std::size_t>(stored));
  const auto again = spool->append({reading(2)}, kNow + base::minutes(5));
  REQUIRE(again);
  CHECK(again->last_seq == stored + 3);
  CHECK(count_alarms(*spool, "disk_full", true) == 1);
  CHECK(count_alarms(*spool, "disk_full", false) == 1);
}

TEST_CASE("spool: what is no spool is refused with its name and left alone") {
  const auto refused = [](const std::string& file) {
    auto spool = Spool::open({file, "e1", 64});
    REQUIRE_FALSE(spool);
    CHECK(spool.error().where.find(file) != std::string::npos);
    return spool.error();
  };
  CHECK(refused("/nowhere/spool.db").is(SpoolErrc::cannot_open));
  const Folder folder;
  const std::string text(5000, 'x');
  std::ofstream(folder.file()) << text;
  CHECK(refused(folder.file()).is(SpoolErrc::not_a_spool));
  CHECK(std::filesystem::file_size(folder.file()) == 5000);
}

TEST_CASE("spool: a damaged file is refused as corrupt") {
  const Folder folder;
  {
    const auto spool = open(folder);
    for (int n = 0; n < 20; ++n) REQUIRE(spool->append({many_readings(n)}, kNow));
  }
  const auto size = std::filesystem::file_size(folder.file());
  REQUIRE(size > 100'000);
  std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(size - 4096, '\x5a');
  file.close();
  auto spool = Spool::open({folder.file(), "e1", 64});
  REQUIRE_FALSE(spool);
  CHECK(spool.error().is(SpoolErrc::corrupt));
}

TEST_CASE("spool: one process at a time") {
  const Folder folder;
  const auto first = open(folder);
  auto second = Spool::open({folder.file(), "e1", 64});
  REQUIRE_FALSE(second);
  CHECK(second.error().is(SpoolErrc::cannot_open));
}

TEST_CASE("journal: a counter or an id is accepted once, also over a restart") {
  const Folder folder;
  {
    const auto spool = open(folder);
    REQUIRE(spool->accept(command("a", 5)));
    REQUIRE(spool->accept(command("b", 9)));
    CHECK(spool->accept(command("a", 10)).error().is(SpoolErrc::seen_command));
    CHECK(spool->accept(command("c", 9)).error().is(SpoolErrc::old_counter));
    REQUIRE(spool->append({result("a", wire::CommandPhase::verified)}, kNow));
  }
  const auto spool = open(folder);
  CHECK(spool->last_counter() == 9);
  CHECK(spool->accept(command("a", 10)).error().is(SpoolErrc::seen_command));
  CHECK(spool->accept(command("c", 8)).error().is(SpoolErrc::old_counter));
  const auto journal = spool->accepted();
  REQUIRE(journal);
  REQUIRE(journal->size() == 2);
  CHECK((*journal)[0].command == command("a", 5));
  CHECK((*journal)[0].phase == wire::CommandPhase::verified);
  CHECK((*journal)[1].command == command("b", 9));
  CHECK_FALSE((*journal)[1].phase);
}

TEST_CASE("journal: a command that cannot be read is named once and left out; everything else stays") {
  const Folder folder;
  {
    const auto spool = open(folder);
    for (const auto& [id, counter] : {std::pair("a", 5), {"b", 6}, {"c", 7}}) REQUIRE(spool->accept(command(id, counter)));
    REQUIRE(spool->append({reading(1)}, kNow));
  }
  SQLite::Database(folder.file(), SQLite::OPEN_READWRITE).exec("UPDATE command SET body = '{\"id\":' WHERE id = 'b'");
  for (const int starts : {1, 2, 3}) {
    CAPTURE(starts);
    const auto opened = Spool::open_or_replace({folder.file(), "e2", 64}, kNow);
    REQUIRE(opened);
    Spool& spool = **opened;
    CHECK(spool.epoch() == "e1");
    CHECK(texts(spool, 1).front() == wire::encode(reading(1)));
    CHECK(count_alarms(spool, "spool_damaged", true) == 1);
    REQUIRE(spool.damage().has_value() == (starts == 1));
    if (starts == 1) CHECK(spool.damage()->detail == "text=unreadable: command b");
    const auto journal = spool.accepted();
    REQUIRE(journal);
    REQUIRE(journal->size() == 2);
    CHECK((*journal)[0].command == command("a", 5));
    CHECK((*journal)[1].command == command("c", 7));
    CHECK(spool.last_counter() == 7);
    CHECK(spool.accept(command("b", 8)).error().is(SpoolErrc::seen_command));
    // The platform repeats it, and hears that it came too late; that must not take the mark away.
    REQUIRE(spool.append({result("b", wire::CommandPhase::refused)}, kNow));
  }
  CHECK_FALSE(std::filesystem::exists(folder.file() + ".damaged"));
}

TEST_CASE("spool: an archive that cannot be read is named once and left out") {
  const Folder folder;
  const wire::Archive archive{3, 480, 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}, {}};
  REQUIRE(open(folder)->keep_archive(archive));
  SQLite::Database(folder.file(), SQLite::OPEN_READWRITE).exec("UPDATE archive SET body = 'x'");
  for (const int starts : {1, 2}) {
    const auto spool = Spool::open_or_replace({folder.file(), "e2", 64}, kNow);
    REQUIRE(spool);
    CHECK((*spool)->damage().has_value() == (starts == 1));
    const auto kept = (*spool)->archive();
    REQUIRE(kept);
    CHECK_FALSE(*kept);
    CHECK(count_alarms(**spool, "spool_damaged", true) == 1);
  }
}

TEST_CASE("spool: the last archive is kept") {
  const Folder folder;
  wire::Archive archive{3, 480, 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}, {}};
  {
    const auto spool = open(folder);
    const auto none = spool->archive();
    REQUIRE(none);
    CHECK_FALSE(*none);
    REQUIRE(spool->keep_archive(archive));
    archive.version = 4;
    REQUIRE(spool->keep_archive(archive));
  }
  const auto kept = open(folder)->archive();
  REQUIRE(kept);
  CHECK(*kept == archive);
}

TEST_CASE("journal: a box that lost its spool refuses what was ordered before the new one was made") {
  Folder folder;
  const std::int64_t made = 1'764'000'000'000;
  wire::Command command;
  command.id = base::CommandId("c1-1");
  command.device = base::DeviceId("m1");
  command.kind = wire::CommandKind::close;
  {
    auto spool = *Spool::open({folder.file(), "e2", 64, made});
    command.counter = made;
    CHECK(spool->accept(command).error().is(SpoolErrc::old_counter));
    command.counter = made + 1;
    CHECK(spool->accept(command));
  }
  const auto again = *Spool::open({folder.file(), "e3", 64, made + 1000});
  CHECK(again->last_counter() == made + 1);  // only when the file is created
}

TEST_CASE("spool: a new stream begins with what is not acknowledged, numbered from 1, and survives a restart") {
  const Folder folder;
  {
    const auto spool = open(folder);
    REQUIRE(spool->accept(command("a", 5)));
    for (int n = 1; n <= 5; ++n) REQUIRE(spool->append({reading(n)}, kNow));
    REQUIRE(spool->acknowledge("e1", 3));
    REQUIRE(spool->renew("e2"));
    CHECK(spool->epoch() == "e2");
    CHECK(spool->first_seq() == 1);
    CHECK(spool->last_seq() == 2);
    CHECK(spool->through() == 0);
    CHECK(spool->append({reading(6)}, kNow)->last_seq == 3);
    CHECK(spool->acknowledge("e1", 1).error().is(SpoolErrc::foreign_epoch));
  }
  const auto spool = open(folder);
  CHECK(spool->epoch() == "e2");
  CHECK(texts(*spool, 1) == std::vector{wire::encode(reading(4)), wire::encode(reading(5)), wire::encode(reading(6))});
  CHECK(spool->last_counter() == 5);
  REQUIRE(spool->renew("e3"));  // nothing was acknowledged: nothing is lost
  CHECK(texts(*spool, 1).size() == 3);
}

TEST_CASE("spool: what a restored platform asks for again is kept, however little space there is") {
  const Folder folder;
  const auto spool = open(folder, 1);
  std::int64_t n = 0;
  while (spool->used_bytes() < 800'000) REQUIRE(spool->append({many_readings(static_cast<int>(++n))}, kNow));
  REQUIRE(spool->acknowledge("e1", n));
  spool->rewind(n + 1);  // never forward
  CHECK(spool->through() == n);
  spool->rewind(2);
  CHECK(spool->through() == 2);
  while (!spool->full()) REQUIRE(spool->append({many_readings(0)}, kNow));
  CHECK(spool->first_seq() == 3);
}

TEST_CASE("spool: a damaged or erased file is put aside and an empty one says so; another program's is left alone") {
  const auto damage = [](const Folder& folder, std::int64_t from, std::int64_t count, char with) {
    std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(from);
    file << std::string(static_cast<std::size_t>(count), with);
  };
  struct Row {
    std::int64_t from, count;
    char with;
  };
  for (const Row& row : {Row{4096, 100'000, '\x5a'}, Row{0, 4096, '\0'}, Row{0, 4096, '\xff'}}) {
    const Folder folder;
    {
      const auto spool = open(folder);
      for (int n = 0; n < 20; ++n) REQUIRE(spool->append({many_readings(n)}, kNow));
    }
    damage(folder, row.from, row.count, row.with);
    const auto spool = Spool::open_or_replace({folder.file(), "e2", 64}, kNow);
    REQUIRE(spool);
    CHECK((*spool)->epoch() == "e2");
    CHECK((*spool)->last_seq() == 1);
    CHECK(count_alarms(**spool, "spool_damaged", true) == 1);
    CHECK(std::filesystem::exists(folder.file() + ".damaged"));
  }
  const Folder folder;
  std::ofstream(folder.file()) << std::string(5000, 'x');
  const auto foreign = Spool::open_or_replace({folder.file(), "e2", 64}, kNow);
  REQUIRE_FALSE(foreign);
  CHECK(foreign.error().is(SpoolErrc::not_a_spool));
  CHECK(std::filesystem::file_size(folder.file()) == 5000);
  CHECK_FALSE(Spool::open_or_replace({"/nowhere/spool.db", "e2", 64}, kNow));
}
