#pragma once

// A property company that outgrew everything: what bench_lists asks about. Rows go straight into the tables, because registering a
// million meters one by one would take longer than asking about them.

#include <sqlite3.h>

#include <cstdio>
#include <string>
#include <utility>

namespace anju::bench {

inline constexpr int kMeters = 1'000'000, kMetersOfGateway = 250, kHouses = 100'000, kHousesOfBuilding = 100;

/// Fills the database that `anju-platform init` made (organisation and site 1 or the newest of them) with so many meters, a multiple of
/// kMetersOfGateway, and houses, of kHousesOfBuilding. Columns are named: a migration that adds one has a default for it. False: said on stderr.
inline bool fill_lists_database(const std::string& path, int meter_count = kMeters, int house_count = kHouses) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path.c_str(), &db) != SQLITE_OK) return false;
  const auto numbers = [](const char* name, int from, int to) {
    return "WITH RECURSIVE " + std::string(name) + "(n) AS (SELECT " + std::to_string(from) + " UNION ALL SELECT n + 1 FROM " + name +
           " WHERE n < " + std::to_string(to) + ") ";
  };
  const std::string meters = numbers("c", 1, meter_count), gateways = numbers("c", 1, meter_count / kMetersOfGateway);
  const std::string houses = numbers("c", 1, house_count), buildings = numbers("c", 1, house_count / kHousesOfBuilding);
  const std::string of = "(SELECT organisation FROM site ORDER BY id DESC LIMIT 1)", site = "(SELECT max(id) FROM site)";
  const std::string now = "1795000000000", gateway = "(n - 1) / " + std::to_string(kMetersOfGateway) + " + 1";
  const std::string block = "(n - 1) / " + std::to_string(kHousesOfBuilding) + " + 1";
  // One in 50 owes, one in 200 is cut off; one gateway in 20 is silent.
  const std::string balance = "CASE WHEN n % 50 = 0 THEN -3000000 ELSE 40000000 + n % 997 * 100000 END";
  const std::string script =
      "PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-256000; BEGIN;" +
      gateways + "INSERT INTO gateway(id, organisation, site, code, name, reading_minutes, archive_version, counter, stream, online, since_ms, last_event_ms, created_ms) SELECT n, " + of + ", " + site + ", 'gw-' || printf('%04d', n), '配电间 ' || n, 15, 1, 0, 0, n % 20 <> 0, " + now + ", " + now + ", " + now + " FROM c;" +
      gateways + "INSERT INTO line(id, organisation, site, gateway, code, uri) SELECT n, " + of + ", " + site + ", n, 'l1', 'tcp://127.0.0.1:1' FROM c;" +
      "INSERT INTO price_plan(id, organisation, site, name, version, updated_ms) VALUES(1, " + of + ", NULL, '居民电价', 1, " + now + ");" +
      "INSERT INTO price_plan_version(id, organisation, site, price_plan, kind, total_e5, sharp_e5, peak_e5, flat_e5, valley_e5, since_ms, by) VALUES(1, " + of + ", NULL, 1, 'total', 60000, 0, 0, 0, 0, " + now + ", 'bench');" +
      meters + "INSERT INTO account(id, organisation, site, kind, balance_micro_yuan, remainder_nano_yuan, newest_transfer) SELECT n + 1000, " + of + ", " + site + ", 'meter', " + balance + ", 0, 0 FROM c;" +
      meters + "INSERT INTO meter(id, organisation, site, gateway, line, device, name, room, address, baud, profile, mode, price_plan, alarm_1_micro_yuan,"
      " alarm_2_micro_yuan, overdraft_micro_yuan, auto_trip, account, start_total_e4, start_sharp_e4, start_peak_e4, start_flat_e4, start_valley_e4, registered_ms) SELECT n, " + of + ", " + site + ", " + gateway + ", " + gateway + ", 'm-' || printf('%07d', n), (n / 1000) || '号楼电表' || printf('%03d', n % 1000),"
      " (n / 1000) || '-' || (n / 250 % 4 + 1) || '-' || printf('%04d', n % 250), printf('%012d', n * 7919), 2400, '{\"kind\":\"dlt645-2007\"}', 'prepaid', 1,"
      " 10000000, 5000000, 0, 1, n + 1000, 0, NULL, NULL, NULL, NULL, " + now + " FROM c;" +
      meters + "INSERT INTO meter_register(meter, organisation, site, newest_reading, last_ms, total_e4, unsplit_e4, rollovers, day, day_quantity_e4, day_amount_micro_yuan, frozen_day, quarantined) SELECT n, " + of + ", " + site + ", 0, " + now + ", n * 100, 0, 0, 20775, 12000, 7200000, 0, 0 FROM c;" +
      meters + "INSERT INTO meter_supply(meter, organisation, site, moved, forced, wanted, wanted_reason, ordered, awaiting_read, crossing, warned_1, warned_2, keep_power_wanted,"
      " keep_power, relay, reported_ms, reachable, clock_offset_s, pending_command, account_state) SELECT n, " + of + ", " + site + ", 1, 0, CASE WHEN n % 200 = 0 THEN 'open' ELSE 'closed' END, CASE WHEN n % 200 = 0 THEN 'arrears' ELSE 'none' END, 'nothing',"
      " 0, 0, n % 50 = 0, n % 50 = 0, 0, 0, CASE WHEN n % 200 = 0 THEN 'open' ELSE 'closed' END, " + now + ", n % 33 <> 0, NULL, 0, CASE WHEN n % 50 = 0 THEN 'arrears' ELSE 'normal' END FROM c;" +
      "INSERT INTO house_type(id, organisation, site, enabled, version, created_ms, updated_ms, name, rate, note) VALUES(1, " + of + ", " + site + ", 1, 1, 0, 0, '住宅', 250, '');" +
      buildings + "INSERT INTO building(id, organisation, site, enabled, version, created_ms, updated_ms, number, name, with_units, note) SELECT n, " + of + ", " + site + ", 1, 1, 0, 0, printf('%04d', n), n || '号楼', 0, '' FROM c;" +
      houses + "INSERT INTO house(id, organisation, site, enabled, version, created_ms, updated_ms, building, unit, number, type, area, zone, owner, phone, note) SELECT n, " + of + ", " + site + ", 1, 1, 0, 0, " + block +
      ", NULL, printf('%02d%02d', n % 100 / 4 + 1, n % 4 + 1), 1, 6000 + n * 37 % 9000, NULL, substr('王李张刘陈杨黄赵周吴', n % 10 + 1, 1) || substr('建秀伟洋静帆丽强敏昊', n / 10 % 10 + 1, 1) || (n / 100), '138' || printf('%08d', n * 7919 % 100000000), '' FROM c;" +
      houses + "INSERT INTO room(id, organisation, site, enabled, version, created_ms, updated_ms, name, number, zone, house, source, note) SELECT n, " + of + ", " + site + ", 1, 1, 0, 0, (" + block + ") || '号楼房间' || n, 'R' || printf('%06d', n), NULL, n, NULL, '' FROM c;"
      "COMMIT;";
  // A million rows would each be noted as a change, and forgotten again: longer than everything else together.
  std::string without, with;
  const auto trigger = [](void* to, int, char** columns, char**) {
    auto& [drop, create] = *static_cast<std::pair<std::string&, std::string&>*>(to);
    drop += std::string("DROP TRIGGER ") + columns[0] + ";";
    create += std::string(columns[1]) + ";";
    return 0;
  };
  std::pair<std::string&, std::string&> both(without, with);
  const char* triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'meter_change%'";
  char* message = nullptr;
  bool ok = sqlite3_exec(db, triggers, trigger, &both, &message) == SQLITE_OK;
  for (const std::string& part : {without, script, with})
    ok = ok && sqlite3_exec(db, part.c_str(), nullptr, nullptr, &message) == SQLITE_OK;
  if (!ok) std::fprintf(stderr, "cannot fill %s: %s\n", path.c_str(), message == nullptr ? "?" : message);
  sqlite3_free(message);
  sqlite3_close(db);
  return ok;
}

}  // namespace anju::bench
