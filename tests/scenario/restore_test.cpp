// The platform's database: a real one under kills (with ANJU_TEST_POSTGRESQL a PostgreSQL), and yesterday's backup.

#include <algorithm>

#include "tests/scenario/seeds.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

namespace anju::scenario {

TEST_CASE("scenario: on a real database, loaded anew after every kill and with old readings gone, the books are the same and verify finds nothing") {
  const Tally tally = for_seeds(1, [](std::uint64_t seed, Tally& sum) {
    Climate climate;
    climate.length = base::hours(6);
    const platform::ScratchDatabase database;
    climate.database = database.url();
    climate.weather = {100, 100, 100, 20, base::minutes(2), 500};
    climate.gateway_kills = 2;
    climate.platform_kills = 10;
    climate.device_faults = 4;
    World world(seed, climate);
    std::int64_t gone = 0;
    for (int minute = 70; minute < 360; minute += 23) {
      world.time().after(base::minutes(minute), [&] {
        const auto went = world.platform().forget_readings(base::minutes(45));
        CHECK_MESSAGE(went, "seed " << seed << ", nothing went: " << (went ? "" : went.error().where));
        gone += went.value_or(0);
      });
    }
    world.run();
    check(world, sum);
    CHECK(gone > 100);
  });
  CHECK(tally.crashes > 5 * tally.seeds);
}

TEST_CASE("scenario: a platform restored from a backup hears again what gateways keep, and records what they do not") {
  (void)for_seeds(2, [](std::uint64_t seed, Tally& sum) {
    Climate climate;
    World world(seed, climate);
    Tables backup;
    world.time().after(base::hours(4), [&] { backup = world.platform().tables(); });
    world.time().after(base::hours(8), [&] {
      world.gateway(0).disk().make_room(5);  // the other one keeps everything
      world.restore(backup);
    });
    world.run();
    check(world, sum);
    const auto& tables = world.platform().tables();
    const auto lost = std::ranges::count(tables.quarantined, std::string("gone"), &platform::Quarantined::reason);
    CHECK(lost == 1);
    CHECK(std::ranges::any_of(tables.alarms, [](const auto& alarm) { return alarm.second.code == "events_lost"; }));
    for (std::size_t i = 0; i < 2; ++i) CHECK(world.gateway(i).spool().last_seq() == world.gateway(i).spool().through());
    // What is registered after the restore reaches the gateways, although they had newer archives.
    for (const auto& [id, row] : tables.gateways) CHECK(row.archive_version >= backup.gateways.at(id).archive_version);
  });
}

}  // namespace anju::scenario
